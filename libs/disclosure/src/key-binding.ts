/**
 * The binding of a presentation (KB-JWT, RFC 9901 section 4.3) to whom it is for and until when. Its key follows from
 * S, which is in the document: whoever has the whole document can present it, whoever was shown some fields cannot show
 * them on in another's name.
 */
import { utf8 } from '#ledger/format/bytes.js';
import { sha256 } from '#ledger/format/crypto.js';
import { toBase64Url } from './base64url.js';
import { JWT_ALGORITHM } from './sd-jwt.js';

/** `aud` of a presentation that whoever holds it may use: a bearer share. */
export const ANYONE = 'anyone';
export const KEY_BINDING_TYPE = 'kb+jwt';

export interface Binding {
  /** Whom it is for, or `ANYONE`. */
  readonly audience: string;
  /** What makes it one presentation; a challenge where the audience gave one. */
  readonly nonce: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  /** Seconds since 1970; after it the presentation is no longer good. */
  readonly expires?: number;
}

/** JWT~disclosures~ with its binding at the end. @param sign by the holder's key, over the bytes given */
export function bindPresentation(
  presented: string,
  { audience, nonce, issuedAt, expires }: Binding,
  sign: (message: Uint8Array) => Uint8Array,
): string {
  const part = (value: object): string => toBase64Url(utf8(JSON.stringify(value)));
  const input = `${part({ typ: KEY_BINDING_TYPE, alg: JWT_ALGORITHM })}.${part({
    iat: issuedAt,
    ...(expires === undefined ? {} : { exp: expires }),
    aud: audience,
    nonce,
    sd_hash: toBase64Url(sha256(utf8(presented))),
  })}`;
  return `${presented}${input}.${toBase64Url(sign(utf8(input)))}`;
}
