/** What is presented of a document: each step of its verification, with the tampering twin that fails at that step. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { concat, fromHex, toBase64, toHex, utf8 } from '#ledger/format/bytes.js';
import { ed25519Sign, sha256 } from '#ledger/format/crypto.js';
import { formatNote, parseNote } from '#ledger/format/note.js';
import { formatProof, parseProof } from '#ledger/format/proof.js';
import { fromBase64Url, toBase64Url } from '#disclosure/base64url.js';
import { credentialKeyCommitment } from '#disclosure/credential-key.js';
import { ANYONE, bindPresentation } from '#disclosure/key-binding.js';
import { formatPresentation, parsePresentation, type Presentation } from '#disclosure/presentation.js';
import { formatSlip, formatSlipText, MAX_SLIP_BYTES, parseSlip, type Slip } from '#disclosure/slip.js';
import { nextLineage } from '#transcript/commitments.js';
import { stepOf } from '#verify/steps.js';
import { verifyFile } from '#verify/verify-file.js';
import { ISSUER_KEY, ISSUER_SEED } from '../../disclosure/test/issuer.js';
import { check, Credentialed, FOR_A_SCHOOL, PATHS } from './presenting.js';
import { NOW, World } from './world.js';

let world: World;
let one: Credentialed;
let other: Credentialed;

beforeAll(async () => {
  world = await World.make();
  one = await Credentialed.issue(world);
  other = await Credentialed.issue(world);
});

/** "step CODE verdict". */
async function verdict(...of: [Parameters<typeof check>[1], Parameters<typeof check>[2]?]): Promise<string> {
  const { code, verdict: found, presentation } = await check(world, ...of);
  if (found === 'invalid') expect(presentation).toBeNull();
  return code === null ? found : `${String(stepOf(code))} ${code} ${found}`;
}

/** The presentation with a change in its evidence. */
function withEvidence(change: Partial<Presentation['evidence']>): Presentation {
  const shown = one.sdJwt();
  return { ...shown, evidence: { ...shown.evidence, ...change } };
}

/** A JWT with other parts, signed again by `seed`; without one the signature stays. */
function withToken(jwt: string, change: (header: any, payload: any) => void, seed?: Uint8Array): string {
  const [header, payload] = jwt
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(new TextDecoder().decode(fromBase64Url(part))));
  change(header, payload);
  const input = [header, payload].map((part) => toBase64Url(utf8(JSON.stringify(part)))).join('.');
  const signature =
    seed === undefined ? (jwt.split('.')[2] ?? '') : toBase64Url(ed25519Sign(utf8(input), seed));
  return `${input}.${signature}`;
}

describe('some fields as SD-JWT', () => {
  test('are valid offline, and show what was disclosed and nothing else', async () => {
    const result = await check(world, one.sdJwt());
    expect(result).toMatchObject({
      verdict: 'valid',
      code: null,
      demo: true,
      document: null,
      signatures: [],
    });
    expect(result.presentation).toEqual({
      kind: 'sd-jwt',
      fields: {
        'pupil/fullName': 'Nguyễn Hoàng Phương Uyên Thảo Nguyên',
        'school/name': 'Trường THCS Sông Mây',
        'year/schoolYear': '2025-2026',
        'year/subjects/TOAN/year': expect.any(String),
        'statement/completed-grade/6': true,
      },
      credential: null,
      audience: 'https://thpt.example',
      expires: '2026-07-05T02:00:00.000Z',
    });
    expect(result.ledger).toMatchObject({ origin: world.origin, existedAt: '2026-06-01T02:00:00.000Z' });
    expect(result.reasons[0]).toContain('made for https://thpt.example');
  });

  test('row 33: carry no salt of a field that is not disclosed, and not S', () => {
    const file = new TextDecoder().decode(formatPresentation(one.sdJwt()));
    expect(file).not.toContain(one.transcript.salt);
    expect(file).not.toContain(toBase64(one.salt));
    for (const { path, salt } of one.fields.fields) {
      const inIt = one
        .compact()
        .split('~')
        .some((part) => part.startsWith(toBase64Url(utf8(JSON.stringify([toBase64Url(salt)]))).slice(0, 40)));
      expect([path, inIt]).toEqual([path, PATHS.includes(path)]);
    }
  });

  test('may be one statement alone: that the grade was completed', async () => {
    const compact = one.compact(['statement/completed-grade/6']);
    const { verdict: found, presentation } = await check(world, one.sdJwt(compact));
    expect(found).toBe('valid');
    expect(presentation?.fields).toEqual({ 'statement/completed-grade/6': true });
  });

  test('are judged alike through the one door for all files, by the cryptography of the browser', async () => {
    const options = {
      file: formatPresentation(one.sdJwt()),
      fileName: 'presented',
      trust: world.trust,
      now: NOW,
    };
    expect(await verifyFile(options)).toEqual(await check(world, one.sdJwt()));
    expect((await verifyFile({ ...options, file: one.issued.pdf })).verdict).toBe('valid');
  });

  test('1: a file that is not in its one form', async () => {
    const file = formatPresentation(one.sdJwt());
    const text = new TextDecoder().decode(file);
    expect(parsePresentation(file)).toEqual(one.sdJwt());
    for (const twin of [
      '{}',
      text.replace('"v":1', '"v":2'),
      text.replace('{', '{ '),
      text.replace('"type"', '"extra":1,"type"'),
      text.replace('"sdJwt":"', '"sdJwt":"~~'),
      `${text.slice(0, -1)}`,
      'eyJ',
      one.jwt,
    ]) {
      expect(await verdict(twin)).toBe('1 PRESENTATION_MALFORMED invalid');
    }
    expect(await verdict(new Uint8Array(300 * 1024).fill(0x7b))).toBe('1 PRESENTATION_MALFORMED invalid');
  });

  test('row 32: 6: a token that names another algorithm, or none', async () => {
    for (const alg of ['none', 'ES256', 'HS256', 'Ed25519']) {
      const jwt = withToken(one.jwt, (header) => (header.alg = alg), ISSUER_SEED);
      const twin = one.sdJwt(one.compact().replace(one.jwt, jwt));
      expect(await verdict(twin)).toBe('6 CREDENTIAL_ALGORITHM invalid');
    }
    const [presented, binding = ''] = splitBinding(one.compact());
    const none = withToken(binding, (header) => (header.alg = 'none'));
    expect(await verdict(one.sdJwt(presented + none))).toBe('6 CREDENTIAL_ALGORITHM invalid');
  });

  test('6: a token changed after it was signed', async () => {
    const jwt = withToken(one.jwt, (_, payload) => (payload.origin = 'other.example/thcs'));
    expect(await verdict(one.sdJwt(one.compact().replace(one.jwt, jwt)))).toBe(
      '6 CREDENTIAL_SIGNATURE invalid',
    );
  });

  test('7: a binding by somebody who does not have the document', async () => {
    const [presented] = splitBinding(one.compact());
    const forged = bindPresentation(presented, FOR_A_SCHOOL, (message) =>
      ed25519Sign(message, new Uint8Array(32).fill(9)),
    );
    expect(await verdict(one.sdJwt(forged))).toBe('7 HOLDER_SIGNATURE invalid');
  });

  test('7: a field taken out, or put in, after it was bound', async () => {
    const parts = one.compact().split('~');
    expect(await verdict(one.sdJwt([...parts.slice(0, 2), ...parts.slice(3)].join('~')))).toBe(
      '7 HOLDER_SIGNATURE invalid',
    );
    const added = [...parts.slice(0, -1), one.disclosures.get('year/subjects/TOAN/HK1'), parts.at(-1)].join(
      '~',
    );
    expect(await verdict(one.sdJwt(added))).toBe('7 HOLDER_SIGNATURE invalid');
  });

  test('7: shown to another than the one it was made for, or after its time', async () => {
    expect(await verdict(one.sdJwt(), { audience: 'https://thpt.example' })).toBe('valid');
    expect(await verdict(one.sdJwt(), { audience: 'https://other.example' })).toBe(
      '7 PRESENTATION_AUDIENCE invalid',
    );
    const late = new Date('2026-07-05T02:00:00Z');
    expect(await verdict(one.sdJwt(), { now: late })).toBe('7 PRESENTATION_EXPIRED invalid');
  });

  test('10: shown on with its binding taken off cannot be told from a copy', async () => {
    const [presented] = splitBinding(one.compact());
    expect(await verdict(one.sdJwt(presented))).toBe('10 HOLDER_NOT_BOUND unchecked');
  });

  test('as a bearer share says that it is one', async () => {
    const bearer = one.compact(PATHS, { ...FOR_A_SCHOOL, audience: ANYONE });
    const result = await check(world, one.sdJwt(bearer), { audience: 'https://other.example' });
    expect(result.verdict).toBe('valid');
    expect(result.reasons[0]).toContain('cannot be taken back');
  });

  test('8: a field of another document, another value, or the same field twice', async () => {
    const foreign = other.disclosures.get('year/subjects/TOAN/year') ?? '';
    expect(await verdict(one.sdJwt(one.compact([foreign])))).toBe('8 DISCLOSURE_MISMATCH invalid');
    const own = one.disclosures.get('year/subjects/TOAN/year') ?? '';
    const [salt, path] = JSON.parse(new TextDecoder().decode(fromBase64Url(own))) as string[];
    const better = toBase64Url(utf8(JSON.stringify([salt, path, '10.0'])));
    expect(await verdict(one.sdJwt(one.compact([better])))).toBe('8 DISCLOSURE_MISMATCH invalid');
    expect(await verdict(one.sdJwt(one.compact(['school/name', 'school/name'])))).toBe(
      '8 DISCLOSURE_MISMATCH invalid',
    );
  });

  test('8: with the entry, the place or the salt of another document', async () => {
    const { evidence } = other.sdJwt();
    expect(await verdict(withEvidence({ entry: evidence.entry, first: evidence.first }))).toBe(
      '8 ENTRY_MISMATCH invalid',
    );
    expect(await verdict(withEvidence({ lineage: evidence.lineage }))).toBe('8 ENTRY_MISMATCH invalid');
    expect(await verdict(withEvidence({ event: 1 }))).toBe('8 ENTRY_MISMATCH invalid');
    expect(await verdict(withEvidence({ credentialKey: evidence.credentialKey }))).toBe(
      '8 CREDENTIAL_MISMATCH invalid',
    );
  });

  test('8: a credential that the school’s key signed, but that no entry commits to', async () => {
    const jwt = withToken(one.jwt, (_, payload) => payload._sd.pop(), ISSUER_SEED);
    const [presented] = splitBinding(one.compact());
    expect(await verdict(one.sdJwt(presented.replace(one.jwt, jwt)))).toBe('8 CREDENTIAL_MISMATCH invalid');
    expect(await verdict({ ...one.sdJwt(), fieldRoot: other.sdJwt().fieldRoot })).toBe(
      '8 CREDENTIAL_MISMATCH invalid',
    );
  });

  test('8: with a proof of another entry, another log, or of a log that nobody witnessed', async () => {
    const { evidence } = other.sdJwt();
    expect(await verdict(withEvidence({ first: evidence.first }))).toBe('8 PROOF_NOT_INCLUDED invalid');
    expect(await verdict(withEvidence({ latest: evidence.first }))).toBe('8 PROOF_NOT_INCLUDED invalid');
    const proof = parseProof(one.issued.proof.first);
    const note = parseNote(proof.checkpoint);
    const unwitnessed = formatNote({ ...note, signatures: note.signatures.slice(0, 1) });
    const first = formatProof({ ...proof, checkpoint: unwitnessed });
    expect(await verdict(withEvidence({ first }))).toBe('8 PROOF_NO_QUORUM invalid');
    const jwt = withToken(one.jwt, (_, payload) => (payload.origin = 'other.example/thcs'), ISSUER_SEED);
    const [presented] = splitBinding(one.compact());
    expect(await verdict(one.sdJwt(presented.replace(one.jwt, jwt)))).toBe('8 ENTRY_MISMATCH invalid');
  });

  test('7: signed by a key that was never logged, or only after the document', async () => {
    const shown = one.sdJwt();
    const never = { ...shown, key: { ...shown.key, salt: new Uint8Array(32) } };
    expect(await verdict(never)).toBe('7 KEY_NOT_LOGGED invalid');
    const late = await Credentialed.issue(world, {}, 'after');
    expect(await verdict(late.sdJwt())).toBe('7 KEY_LOGGED_TOO_LATE invalid');
  });

  test('row 35: 7: signed by a key that was retired for this entry; before that it counts', async () => {
    const fresh = await Credentialed.issue(world);
    const cert = toBase64(credentialKeyCommitment(fresh.key.salt, ISSUER_KEY));
    const { index } = (await check(world, fresh.sdJwt())).ledger!;
    await world.append({ type: 'key.retired', body: { cert, invalidFrom: index + 1 } });
    expect(await verdict(fresh.sdJwt(), { ledgerReader: world.reader })).toBe('valid');
    const second = await Credentialed.issue(world);
    const own = toBase64(credentialKeyCommitment(second.key.salt, ISSUER_KEY));
    await world.append({ type: 'key.retired', body: { cert: own, invalidFrom: index } });
    expect(await verdict(second.sdJwt(), { ledgerReader: world.reader })).toBe('7 KEY_RETIRED invalid');
  });

  test('7: naming another school than the one whose log it is in', async () => {
    const named = await Credentialed.issue(world, {
      edit: (copy) => (copy.data.school.name = 'Trường Khác'),
    });
    expect(await verdict(named.sdJwt())).toBe('7 SCHOOL_MISMATCH invalid');
    expect(await verdict(named.whole())).toBe('7 SCHOOL_MISMATCH invalid');
    expect(await verdict(named.slip())).toBe('7 SCHOOL_MISMATCH invalid');
  });

  test('9: after a later version or a revocation; a ledger that cannot be read leaves it open', async () => {
    const old = await Credentialed.issue(world);
    const lineage = toHex(nextLineage(fromHex(old.transcript.lineage)));
    const newer = await Credentialed.issue(world, { lineage, event: 1 });
    expect(await verdict(old.sdJwt(), { ledgerReader: world.reader })).toBe('9 SUPERSEDED superseded');
    expect(await verdict(newer.sdJwt(), { ledgerReader: world.reader })).toBe('valid');
    await world.laterEvent(newer.issued, 'revoke');
    expect(await verdict(newer.slip(), { ledgerReader: world.reader })).toBe('9 REVOKED revoked');
    const away = {
      readTile: () => Promise.resolve(undefined),
      readCheckpoint: () => Promise.resolve(undefined),
    };
    expect(await verdict(old.sdJwt(), { ledgerReader: away })).toBe('9 LEDGER_UNREACHABLE unchecked');
    expect(await verdict(old.sdJwt(), { requireStatus: true })).toBe('9 STATUS_REQUIRED unchecked');
  });

  test('row 40: 10: without a trust bundle, or without its place in the ledger, it is unchecked and never invalid', async () => {
    const none = { file: formatPresentation(one.sdJwt()), fileName: 'x', now: NOW };
    expect(await verifyFile(none)).toMatchObject({ verdict: 'unchecked', code: 'ISSUER_NOT_TRUSTED' });
    expect(await verdict(one.compact())).toBe('10 NO_PROOF unchecked');
    expect(await verdict(`${one.compact()}\n`)).toBe('10 NO_PROOF unchecked');
    expect(await verdict(JSON.stringify(one.credential, null, 2))).toBe('10 NO_PROOF unchecked');
  });
});

describe('the whole as a verifiable credential', () => {
  test('is valid with its place in the ledger, and is shown without its proofs', async () => {
    const { verdict: found, presentation, reasons } = await check(world, one.whole());
    expect(found).toBe('valid');
    expect(presentation?.credential).toMatchObject({ type: ['VerifiableCredential', 'ClrCredential'] });
    expect(JSON.stringify(presentation)).not.toContain('proofValue');
    expect(reasons[0]).toContain('bearer share');
  });

  test('1: another shape; 6: another value; 8: signed again by the school, but not committed', async () => {
    const twin = (change: (copy: any) => void): Presentation => {
      const credential = structuredClone(one.credential);
      change(credential);
      return { ...one.whole(), credential };
    };
    expect(await verdict(twin((copy) => (copy.termsOfUse = 'none')))).toBe(
      '1 PRESENTATION_MALFORMED invalid',
    );
    expect(await verdict(twin((copy) => copy.proof.pop()))).toBe('1 PRESENTATION_MALFORMED invalid');
    expect(await verdict(twin((copy) => (copy.name = 'Học bạ khác')))).toBe('6 CREDENTIAL_SIGNATURE invalid');
    expect(await verdict({ ...one.whole(), credential: other.credential })).toBe(
      '8 CREDENTIAL_MISMATCH invalid',
    );
  });
});

describe('the slip', () => {
  const bytes = (): Uint8Array => formatSlip(one.slip());

  test('fits one QR code and is valid offline, as bytes and as the text in the code', async () => {
    expect(bytes().length).toBeLessThanOrEqual(MAX_SLIP_BYTES);
    const text = formatSlipText(bytes());
    expect(text).toMatch(/^[0-9A-Z $%*+./:-]{1,4296}$/);
    for (const form of [bytes(), text]) {
      const { verdict: found, presentation } = await check(world, form);
      expect(found).toBe('valid');
      expect(presentation?.kind).toBe('slip');
      expect(presentation?.fields).toMatchObject({ 'statement/completed-grade/6': true });
    }
  });

  test('is read back as it was written', () => {
    const slip = one.slip();
    expect(parseSlip(formatSlip(slip))).toEqual({
      ...slip,
      fields: { ...slip.fields, fields: expect.anything() },
    });
    expect(formatSlip(parseSlip(bytes()))).toEqual(bytes());
  });

  test('of more fields than a QR code holds is refused when it is made', () => {
    const all = one.fields.fields.map(({ path }) => path).slice(0, 60);
    expect(() => formatSlip(one.slip(all))).toThrow(expect.objectContaining({ code: 'SLIP_TOO_LARGE' }));
  });

  test('1: cut short, with bytes at its end, or with its fields in another order', async () => {
    for (const twin of [bytes().subarray(0, -1), concat(bytes(), Uint8Array.of(0)), bytes().subarray(0, 3)]) {
      expect(await verdict(twin)).toBe('1 PRESENTATION_MALFORMED invalid');
    }
    const { fields, ...rest } = one.slip();
    const turned: Slip = { ...rest, fields: { ...fields, fields: fields.fields.toReversed() } };
    expect(await verdict(turned)).toBe('1 PRESENTATION_MALFORMED invalid');
    expect(await verdict(`${formatSlipText(bytes())}:::`)).toBe('1 PRESENTATION_MALFORMED invalid');
  });

  test('8: another value, another salt, or a path of hashes that leads nowhere', async () => {
    const { fields, ...rest } = one.slip();
    const [head, ...tail] = fields.fields;
    const value: Slip = { ...rest, fields: { ...fields, fields: [{ ...head!, value: 'Ai đó' }, ...tail] } };
    expect(await verdict(value)).toBe('8 CREDENTIAL_MISMATCH invalid');
    const salt: Slip = {
      ...rest,
      fields: { ...fields, fields: [{ ...head!, salt: sha256(head!.salt) }, ...tail] },
    };
    expect(await verdict(salt)).toBe('8 CREDENTIAL_MISMATCH invalid');
    const short: Slip = { ...rest, fields: { ...fields, hashes: fields.hashes.slice(1) } };
    expect(await verdict(short)).toBe('8 DISCLOSURE_MISMATCH invalid');
    const long: Slip = { ...rest, fields: { ...fields, hashes: [...fields.hashes, sha256(head!.salt)] } };
    expect(await verdict(long)).toBe('8 DISCLOSURE_MISMATCH invalid');
  });

  test('8: with the lineage, the key or the proof of another document', async () => {
    const slip = one.slip();
    expect(await verdict({ ...slip, lineage: other.slip().lineage })).toBe('8 ENTRY_MISMATCH invalid');
    expect(await verdict({ ...slip, credentialKey: other.slip().credentialKey })).toBe(
      '8 CREDENTIAL_MISMATCH invalid',
    );
    const proof = parseProof(slip.first);
    const first = formatProof({ ...proof, hashes: proof.hashes.map((hash) => sha256(hash)) });
    expect(await verdict({ ...slip, first })).toBe('8 PROOF_NOT_INCLUDED invalid');
  });
});

/** What is presented, and its KB-JWT. */
function splitBinding(compact: string): [presented: string, binding: string] {
  const end = compact.lastIndexOf('~') + 1;
  return [compact.slice(0, end), compact.slice(end)];
}
