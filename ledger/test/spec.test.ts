/** SPEC.md's proof by hand: read out of the document, verified by this code, and command by command by a shell. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { utf8 } from '#ledger/format/bytes.js';
import { parsePolicy } from '#ledger/format/policy.js';
import { checkProof } from '#ledger/verify/proof.js';

const spec = readFileSync('ledger/SPEC.md', 'utf8');
const ENTRY = 'hai';

/** The fenced blocks of one kind, in order. */
function blocks(kind: string): string[] {
  return [...spec.matchAll(new RegExp(`^\`\`\`${kind}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, text = '']) => text,
  );
}

const [proof = ''] = blocks('tlog-proof');
const [policy = ''] = blocks('tlog-policy');

describe("SPEC.md's proof by hand", () => {
  test('holds under its policy, at the index and time the document says', () => {
    expect(checkProof(utf8(proof), utf8(ENTRY), parsePolicy(utf8(policy)))).toMatchObject({
      origin: 'example.vn/truong',
      index: 1,
      size: 3,
      witnessedAt: Date.parse('2026-11-21T03:00:00Z') / 1000,
    });
    expect(() => checkProof(utf8(proof), utf8('ba'), parsePolicy(utf8(policy)))).toThrow(
      expect.objectContaining({ code: 'NOT_INCLUDED' }),
    );
  });
});

const tools = ['bash', 'openssl', 'xxd', 'base64', 'sha256sum'];
const missing = tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);

(missing.length === 0 || process.env['SOCAI_REQUIRE_OPENSSL'] === '1' ? describe : describe.skip)(
  `the commands of SPEC.md${missing.length === 0 ? '' : ` (skipped: no ${missing.join(', ')})`}`,
  () => {
    let folder = '';
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'socai-spec-'));
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    /** Runs every command in order over these files; answers what was printed, as the document prints it. */
    function transcript(proofText: string, entry: string): string {
      writeFileSync(join(folder, 'p'), proofText);
      writeFileSync(join(folder, 'e'), entry);
      return blocks('console')
        .flatMap((block) => block.split('\n').filter((line) => line.startsWith('$ ')))
        .map((line) => {
          const { stdout } = spawnSync('bash', ['-c', line.slice(2)], { cwd: folder, encoding: 'utf8' });
          return `${line}\n${stdout}`;
        })
        .join('');
    }

    test('print what the document says they print', () => {
      expect(blocks('console').length).toBeGreaterThan(3);
      expect(transcript(proof, ENTRY)).toBe(blocks('console').join(''));
    }, 60_000);

    test.each([
      ['another entry', proof, 'ba', 'another root'],
      ['another size', proof.replace('\n3\n', '\n4\n'), ENTRY, 'no signature'],
    ])(
      'do not with %s',
      (_what, changed, entry, outcome) => {
        const printed = transcript(changed, entry);
        const verified = [...printed.matchAll(/^Signature Verified Successfully$/gm)].length;
        const root = 'pEPxN+T7jJ6qRM/3VGn6s4hsxWAePNSb8TnzhC6HmpI=';
        const roots = printed.split('\n').filter((line) => line === root).length;
        expect([roots, verified]).toEqual(outcome === 'another root' ? [1, 2] : [2, 0]);
      },
      60_000,
    );
  },
);
