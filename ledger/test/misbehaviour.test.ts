/** The refusals of socai-misbehaviour/v1 that fixtures cannot name one by one: which part is missing, which line is wrong. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { formatMisbehaviour, parseMisbehaviour } from '#ledger/format/misbehaviour.js';

const fixture = (name: string): string =>
  readFileSync(`ledger/test/fixtures/misbehaviour/valid/${name}.txt`, 'utf8');
const refusal = (text: string) => () => parseMisbehaviour(utf8(text));
const error = (code: string, line?: number) => expect.objectContaining({ name: 'FormatError', code, line });

/** The fixture with other lines instead of its contradiction. */
function withHead(name: string, change: (lines: string[]) => string[]): string {
  const [head = '', ...rest] = fixture(name).split('\n\n');
  return [change(head.split('\n')).join('\n'), ...rest].join('\n\n');
}

describe('a proof of misbehaviour', () => {
  test.each([1, 2, 3, 4])('of %i parts instead of five is not whole', (parts) => {
    const text = `${fixture('same-size').split('\n\n').slice(0, parts).join('\n\n')}\n`;
    expect(refusal(text)).toThrow(error('MISSING_LINE'));
  });

  test('holds up to 63 hashes, whether it is read or written', () => {
    const hash = (n: number): string => Buffer.alloc(32, n).toString('base64');
    const root = `root ${hash(255)}`;
    const of = (count: number): string =>
      withHead('not-a-prefix', ([header = '', kind = '']) => [
        header,
        kind,
        root,
        ...Array.from({ length: count }, (_, i) => hash(i)),
      ]);
    const longest = parseMisbehaviour(utf8(of(63)));
    expect(fromUtf8(formatMisbehaviour(longest))).toBe(of(63));
    expect(refusal(of(64))).toThrow(error('TOO_MANY'));
    const { contradiction } = longest;
    if (contradiction.kind !== 'not-a-prefix') throw new Error('the fixture is of another kind');
    const hashes = [...contradiction.hashes, new Uint8Array(32)];
    expect(() => formatMisbehaviour({ ...longest, contradiction: { ...contradiction, hashes } })).toThrow(
      error('TOO_MANY'),
    );
  });

  test.each([
    ['the second hash of a consistency proof', 'not-a-prefix', 4, 5],
    ['the hash of the first entry', 'other-entries', 3, 4],
  ])('names the line of a bad hash: %s', (_what, name, at, line) => {
    const text = withHead(name, (lines) => lines.map((old, i) => (i === at ? 'no hash' : old)));
    expect(refusal(text)).toThrow(error('BAD_BASE64', line));
  });

  test('names the line of what is wrong about the second entry', () => {
    const head = fixture('other-entries').split('\n\n')[0]!.split('\n');
    const second = head.findLastIndex((line) => line.startsWith('entry '));
    const replaced = (at: number, by: string): string =>
      withHead('other-entries', (lines) => lines.map((old, i) => (i === at ? by : old)));
    expect(refusal(replaced(second, 'entry 7'))).toThrow(error('BAD_LENGTH', second + 1));
    expect(refusal(replaced(second, 'entry 07 x'))).toThrow(error('BAD_NUMBER', second + 1));
    const longer = withHead('other-entries', (lines) => [...lines, 'no hash']);
    expect(refusal(longer)).toThrow(error('BAD_BASE64', second + 2));
  });
});
