/**
 * Tools that know nothing of us accept the documents: pdfsig (poppler) and openssl find all three signatures good, before
 * and after the proof is put into the seal, and qpdf and pdftotext read the file as any PDF. Skipped with a reason where
 * poppler is not installed, unless SOCAI_REQUIRE_POPPLER=1.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readTranscriptPdf } from '#pdf-fill/read.js';
import { signedBytes } from '#pdf-fill/revision.js';
import { formatVerificationCode } from '#transcript/verification-code.js';
import { swappedUnderTheSeal } from '../../libs/verify/test/tampering.js';
import { SECONDARY } from '../../libs/transcript/test/samples.js';
import { World, type Issued } from '../../libs/verify/test/world.js';

/** Whether a tool can be started at all. */
function there(tool: string, flag: string): boolean {
  try {
    execFileSync(tool, [flag], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

const required = process.env['SOCAI_REQUIRE_POPPLER'] === '1';
const poppler = required || (there('pdfsig', '-v') && there('pdftotext', '-v'));
const withPoppler = poppler ? test : test.skip;
const withQpdf = there('qpdf', '--version') ? test : test.skip;
const withOpenssl = there('openssl', 'version') ? test : test.skip;
if (!poppler) console.warn('pdfsig is not installed (poppler-utils): its checks are skipped');

let folder: string;
let world: World;
let issued: Issued;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'socai-pdfsig-'));
  world = await World.make();
  issued = await world.issue();
  writeFileSync(join(folder, 'unproven.pdf'), issued.unproven);
  writeFileSync(join(folder, 'proven.pdf'), issued.pdf);
  writeFileSync(join(folder, 'ca.pem'), pem(world.ca.certificate));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a finished transcript', () => {
  withPoppler.each(['unproven.pdf', 'proven.pdf'])(
    '%s: pdfsig finds three valid signatures, the last over the whole file',
    (name) => {
      const report = run('pdfsig', ['-nocert', join(folder, name)]);
      expect(report.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(3);
      expect(report.match(/Signature Type: ETSI\.CAdES\.detached/g)).toHaveLength(3);
      expect(report.match(/Total document signed/g)).toHaveLength(1);
      expect(report.lastIndexOf('Total document signed')).toBeGreaterThan(report.indexOf('Signature #3'));
    },
  );

  withPoppler('with a page swapped inside the seal’s own revision satisfies pdfsig, and not us', async () => {
    const swapped = await swappedUnderTheSeal(issued.unproven, issued.plan, world.signers[2]!);
    writeFileSync(join(folder, 'swapped.pdf'), swapped);
    const report = run('pdfsig', ['-nocert', join(folder, 'swapped.pdf')]);
    expect(report.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(3);
    expect(report).toContain('Total document signed');
    expect(run('pdftotext', ['-f', '4', '-l', '4', join(folder, 'swapped.pdf'), '-']).trim()).toBe('');
    expect((await world.verify(swapped)).code).toBe('REVISION_ALTERED');
  });

  withPoppler('with one byte of a page changed is not what was signed', () => {
    const file = issued.pdf.slice();
    const at = Buffer.from(file).indexOf('BT 0 g');
    file[at + 3] = 0x31;
    writeFileSync(join(folder, 'changed.pdf'), file);
    const report = run('pdfsig', ['-nocert', join(folder, 'changed.pdf')]);
    expect(report.match(/Signature Validation: Digest Mismatch\./g)).toHaveLength(3);
  });

  withPoppler('gives its Vietnamese text back, with the verification code on every page', () => {
    const text = run('pdftotext', ['-layout', join(folder, 'proven.pdf'), '-']);
    const { pupil } = SECONDARY.data;
    expect(text).toContain(pupil.fullName);
    expect(text).toContain('NGUYỄN HOÀNG PHƯƠNG UYÊN THẢO NGUYÊN');
    expect(text).toContain('Nội dung giáo dục');
    expect(text.split(formatVerificationCode(issued.plan.hash))).toHaveLength(6);
    expect(text.match(/Chữ kí thử nghiệm, không có giá trị/g)).toHaveLength(3);
  });

  withPoppler('has its fonts embedded, cut and with Unicode', () => {
    const rows = run('pdffonts', [join(folder, 'proven.pdf')])
      .trim()
      .split('\n')
      .slice(2);
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toMatch(/CID TrueType\s+Identity-H\s+yes yes yes/);
  });

  withPoppler('carries its data as an attachment', () => {
    const out = join(folder, 'data.json');
    run('pdfdetach', ['-save', '1', '-o', out, join(folder, 'proven.pdf')]);
    expect(run('cat', [out])).toBe(Buffer.from(issued.plan.documentBytes).toString('utf8'));
  });

  withQpdf('is clean for qpdf', () => {
    expect(run('qpdf', ['--check', join(folder, 'proven.pdf')])).toContain(
      'No syntax or stream encoding errors found',
    );
  });

  withOpenssl(
    'has signatures that openssl verifies against the authority, before and after the proof',
    async () => {
      for (const file of [issued.unproven, issued.pdf]) {
        const { signatures } = await readTranscriptPdf(file);
        for (const { index, byteRange, cms } of signatures) {
          writeFileSync(join(folder, 'cms.der'), cms);
          writeFileSync(join(folder, 'content.bin'), signedBytes(file, byteRange));
          const paths = ['-in', join(folder, 'cms.der'), '-content', join(folder, 'content.bin')];
          const trust = ['-CAfile', join(folder, 'ca.pem'), '-purpose', 'any', '-no_check_time'];
          const options = ['-inform', 'DER', '-binary', '-cades', '-out', join(folder, 'out.bin')];
          expect(() => run('openssl', ['cms', '-verify', ...paths, ...trust, ...options])).not.toThrow();
          expect(index).toBeLessThan(3);
        }
      }
    },
  );
});

function run(tool: string, args: readonly string[]): string {
  return execFileSync(tool, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
}

function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
