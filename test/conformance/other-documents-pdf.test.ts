/** Slips, summaries and registers as other programs see them: poppler reads every word, and calls their signatures good. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SchoolDocument } from '#transcript/school-document.js';
import { formatVerificationCode } from '#transcript/verification-code.js';
import { registerOf, SLIP } from '../../libs/transcript/test/other-samples.js';
import { World, type Issued } from '../../libs/verify/test/world.js';

const folder = mkdtempSync(join(tmpdir(), 'so-cai-documents-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (command: string, args: readonly string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
function there(program: string): boolean {
  try {
    execFileSync(program, ['-v'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}
const withPoppler = process.env['SOCAI_REQUIRE_POPPLER'] === '1' || there('pdftotext') ? test : test.skip;

describe.each([
  ['a slip', SLIP],
  ['a register', registerOf(12)],
] as const)('%s', (name, sample: SchoolDocument) => {
  let issued: Issued;
  const file = join(folder, `${name.replace(' ', '-')}.pdf`);
  beforeAll(async () => {
    const world = await World.make();
    issued = await world.issue({ sample });
    writeFileSync(file, issued.pdf);
  });

  withPoppler('gives back every text of its data, and the code on every page', () => {
    // The name of the school is printed in capitals.
    const text = run('pdftotext', ['-raw', file, '-']).replaceAll(/\s+/g, ' ').toLowerCase();
    for (const words of textsOf(sample.data)) {
      const pieces = words
        .toLowerCase()
        .split(/[ ;]+/)
        .filter((piece) => piece !== '');
      for (const piece of pieces) expect(text.includes(piece) ? piece : `missing: ${piece}`).toBe(piece);
    }
    expect(text.split(formatVerificationCode(issued.plan.hash).toLowerCase())).toHaveLength(
      issued.plan.pages.length + 1,
    );
  });

  withPoppler('has as many pages as planned, tagged, with an outline and embedded fonts', () => {
    const info = run('pdfinfo', [file]);
    expect(info).toMatch(new RegExp(`Pages: +${String(issued.plan.pages.length)}\\n`));
    expect(info).toMatch(/Tagged: +yes/);
    expect(run('pdfinfo', ['-struct', file])).toMatch(/^Document\n +Sect/);
    expect(run('pdffonts', [file]).match(/yes yes yes/g)).toHaveLength(3);
  });

  withPoppler('has three signatures that poppler finds valid, the last over the whole file', () => {
    const report = run('pdfsig', ['-nocert', file]);
    expect(report.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(3);
    expect(report).toContain('Total document signed');
  });
});

/** Names, remarks, marks; codes and levels are printed in words. */
function textsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return TEXTS.has(key) ? [printed(value)] : [];
  if (Array.isArray(value)) return value.flatMap((each) => textsOf(each, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textsOf(member, name));
}
/** A mark as it is written in Vietnam. */
function printed(value: string): string {
  if (value === 'D' || value === 'CD') return value.replace('D', 'Đ');
  return /^\d+\.\d$/.test(value) ? value.replace('.', ',') : value;
}
const TEXTS = new Set([
  ...['fullName', 'remark', 'homeroomRemark', 'promotion', 'honour', 'teachers', 'name', 'className'],
  ...['homeroomTeacher', 'place', 'was', 'address'],
  ...['regular', 'midterm', 'final', 'average', 'firstTerm', 'year', 'values'],
]);
