/**
 * Our credentials in Digital Bazaar's libraries, unmodified: both proofs hold there, changed twins do not, and the RDF
 * that we sign is what a general JSON-LD processor makes of the JSON. The contexts are those that W3C and 1EdTech
 * publish, from disk: nothing is fetched.
 */
import { readFileSync } from 'node:fs';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfcSuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { defaultDocumentLoader, verifyCredential } from '@digitalbazaar/vc';
import { describe, expect, test } from '@jest/globals';
import { canonicalize } from '#ledger/format/jcs.js';
import { didKey, multikey, publicKeyOfDid, verificationMethod } from '#disclosure/did-key.js';
import { credentialQuads } from '#disclosure/n-quads.js';
import { canonicalBytes, checkProofSet } from '#disclosure/proof-set.js';
import { credentialOf } from '../../libs/disclosure/test/issuer.js';
import { changed, EXTRA_SUBJECTS, PRIMARY, SECONDARY } from '../../libs/transcript/test/samples.js';

const CONTEXTS = new Map(
  [
    ['https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json', 'clr-v2p0-context-2.0.1.json'],
    ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json', 'ob-v3p0-context-3.0.3.json'],
  ].map(([url = '', file = '']) => {
    const path = new URL(`../../libs/disclosure/test/contexts/${file}`, import.meta.url);
    return [url, JSON.parse(readFileSync(path, 'utf8')) as unknown];
  }),
);

/** Contexts from disk, and the key that a did:key names. Everything else is an error. */
function documentLoader(url: string): Promise<unknown> {
  const loaded = (document: unknown) => Promise.resolve({ contextUrl: null, documentUrl: url, document });
  const context = CONTEXTS.get(url);
  if (context !== undefined) return loaded(context);
  if (!url.startsWith('did:key:')) return defaultDocumentLoader(url);
  const [did = '', fragment] = url.split('#');
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${did}#${multikey(publicKeyOfDid(did))}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: multikey(publicKeyOfDid(did)),
  };
  const document = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [method],
    assertionMethod: [method.id],
  };
  return loaded(fragment === undefined ? document : method);
}

const JCS = () => new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
const RDFC = () => new DataIntegrityProof({ cryptosuite: rdfcSuite });

/** Whether Digital Bazaar's library accepts the proof of this suite. */
async function accepts(credential: unknown, suite: unknown): Promise<boolean> {
  const { verified } = await verifyCredential({
    credential: structuredClone(credential),
    suite,
    documentLoader,
  });
  return verified;
}

const LONGEST = changed(SECONDARY, (copy: any) => {
  copy.data.year.subjects.push(...EXTRA_SUBJECTS);
});
const QUOTED = changed(SECONDARY, (copy) => {
  copy.data.school.name = 'Trường "Sông \\ Mây" 𠮷';
});

describe.each([
  ['lower secondary', SECONDARY],
  ['primary', PRIMARY],
  ['with every subject there is', LONGEST],
  ['with quotes, a backslash and a rare character in a name', QUOTED],
])('the credential of a document: %s', (_, transcript) => {
  const credential = credentialOf(transcript);

  test('R15: both proofs of its set hold in the unmodified library, and in ours', async () => {
    expect(await accepts(credential, JCS())).toBe(true);
    expect(await accepts(credential, RDFC())).toBe(true);
    const both = await verifyCredential({ credential, suite: [JCS(), RDFC()], documentLoader });
    expect(both.results?.map(({ verified }) => verified)).toEqual([true, true]);
    expect(checkProofSet(credential)?.issuerKey).toHaveLength(32);
  });

  test('signs the RDF that a JSON-LD processor makes of it, statement by statement', async () => {
    const unsecured = { ...credential };
    delete unsecured.proof;
    expect(credentialQuads(unsecured)).toBe(await rdfcSuite.canonize(unsecured, { documentLoader }));
  });
});

test('the key that a credential names is the same key to the library', async () => {
  const { issuerKey } = checkProofSet(credentialOf(SECONDARY)) ?? { issuerKey: new Uint8Array() };
  const [id, controller] = [verificationMethod(issuerKey), didKey(issuerKey)];
  const publicKeyMultibase = multikey(issuerKey);
  const key = await Ed25519Multikey.from({ id, type: 'Multikey', controller, publicKeyMultibase });
  const { publicKey } = await key.export({ publicKey: true, raw: true });
  expect(new Uint8Array(publicKey)).toEqual(issuerKey);
});

test('canonical bytes by the engine’s writer are RFC 8785', () => {
  const credential = credentialOf(QUOTED);
  expect(canonicalBytes(credential)).toEqual(canonicalize(credential));
});

describe('a changed twin', () => {
  const tampered = (change: (copy: any) => void): any => {
    const copy = structuredClone(credentialOf(SECONDARY));
    change(copy);
    return copy;
  };
  const refused = async (twin: unknown): Promise<void> => {
    expect(await accepts(twin, JCS())).toBe(false);
    expect(await accepts(twin, RDFC())).toBe(false);
  };

  test('with another mark, another name or another school is refused by both proofs', async () => {
    const mark = tampered((copy) => {
      copy.credentialSubject.verifiableCredential[1].credentialSubject.result[0].value = '10.0';
    });
    await refused(mark);
    expect(checkProofSet(mark)).toBeUndefined();
    const name = tampered((copy) => {
      copy.credentialSubject.identifier[0].identityHash = 'Nguyễn Văn Khác';
    });
    await refused(name);
    expect(checkProofSet(name)).toBeUndefined();
    const school = tampered((copy) => {
      copy.issuer.name = 'Trường THCS Khác';
    });
    await refused(school);
    expect(checkProofSet(school)).toBeUndefined();
  });

  test('with a subject left out is refused by both proofs', async () => {
    const twin = tampered((copy) => {
      copy.credentialSubject.verifiableCredential.pop();
    });
    await refused(twin);
    expect(checkProofSet(twin)).toBeUndefined();
  });

  test('that names another issuer than the key that signed it', async () => {
    const twin = tampered((copy) => {
      copy.issuer.id = didKey(new Uint8Array(32).fill(5));
    });
    await refused(twin);
    expect(() => checkProofSet(twin)).toThrow('options of the proofs');
  });

  test('whose two proofs stand in each other’s places', async () => {
    const twin = tampered((copy) => {
      const [jcs, rdfc] = copy.proof;
      [jcs.proofValue, rdfc.proofValue] = [rdfc.proofValue, jcs.proofValue];
    });
    await refused(twin);
    expect(checkProofSet(twin)).toBeUndefined();
  });
});
