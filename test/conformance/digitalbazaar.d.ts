/** Digital Bazaar publishes no types: what the conformance test calls, and no more. */
declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { readonly cryptosuite: unknown });
  }
}
declare module '@digitalbazaar/ed25519-multikey' {
  export function from(key: {
    readonly id: string;
    readonly type: 'Multikey';
    readonly controller: string;
    readonly publicKeyMultibase: string;
  }): Promise<{
    export(options: {
      readonly publicKey: true;
      readonly raw: true;
    }): Promise<{ readonly publicKey: Uint8Array }>;
  }>;
}
declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  export function createVerifyCryptosuite(): unknown;
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: {
    canonize(
      input: unknown,
      options: { readonly documentLoader: (url: string) => Promise<unknown> },
    ): Promise<string>;
  };
}
declare module '@digitalbazaar/vc' {
  export function defaultDocumentLoader(url: string): Promise<unknown>;
  export function verifyCredential(options: {
    readonly credential: unknown;
    readonly suite: unknown;
    readonly documentLoader: (url: string) => Promise<unknown>;
  }): Promise<{
    readonly verified: boolean;
    readonly error?: unknown;
    readonly results?: readonly { readonly verified: boolean }[];
  }>;
}
