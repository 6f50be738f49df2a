import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { extractDocument } from '#pdf-fill/attachment.js';
import { writeBase } from '#pdf-fill/base.js';
import { planDocument } from '#pdf-fill/plan.js';
import { loadTemplate } from '#pdf-fill/templates.js';
import { encodeTranscript } from '#transcript/canonical.js';
import type { Transcript } from '#transcript/document.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import { compactVerificationCode, formatVerificationCode } from '#transcript/verification-code.js';
import {
  PRIMARY_SLIP,
  registerOf,
  SLIP,
  summaryOf,
  TERM_SLIP,
  UPPER,
} from '../../transcript/test/other-samples.js';
import {
  changed,
  EXTRA_SUBJECTS,
  PRIMARY,
  SECONDARY,
  type Changeable,
} from '../../transcript/test/samples.js';
import { byHash, LOGO, styled } from './pictures.js';
import { latin1, planOf, shownText, signedPdf } from './issued.js';

/** What writing a changed sample ends in: "written" or the code of the refusal. */
async function outcome(sample: Transcript, edit: (copy: Changeable<any>) => void): Promise<string> {
  try {
    writeBase(await planOf(changed(sample, edit)));
    return 'written';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('revision 0', () => {
  test('is the same bytes every time it is written from the same data', async () => {
    for (const sample of [SECONDARY, PRIMARY]) {
      const first = writeBase(await planOf(sample));
      expect(Buffer.compare(first, writeBase(await planOf(structuredClone(sample))))).toBe(0);
    }
  });

  test('changes with any change of the data, if only in the code on its pages', async () => {
    const other = changed(SECONDARY, (copy) => (copy.salt = '77'.repeat(32)));
    expect(latin1(writeBase(await planOf(other)))).not.toBe(latin1(writeBase(await planOf(SECONDARY))));
  });

  test('has each object once, at the offset its table says, and a classic table only', async () => {
    const plan = await planOf(SECONDARY);
    const text = latin1(writeBase(plan));
    const table =
      /xref\n0 (\d+)\n0000000000 65535 f \n((?:\d{10} 00000 n \n)+)trailer\n<< \/Size (\d+) /.exec(text);
    const entries = (table?.[2] ?? '').match(/.{10} 00000 n \n/gs) ?? [];
    expect(Number(table?.[1])).toBe(plan.numbers.next);
    expect(entries).toHaveLength(plan.numbers.next - 1);
    entries.forEach((entry, i) => {
      const at = Number(entry.slice(0, 10));
      expect(text.slice(at, at + 12)).toContain(`${String(i + 1)} 0 obj\n`);
    });
    expect(text.match(/\nendobj\n/g)).toHaveLength(plan.numbers.next - 1);
    expect(text.endsWith(`startxref\n${String(text.lastIndexOf('xref\n0 '))}\n%%EOF\n`)).toBe(true);
  });

  test('holds the data as its first object, attached once as the source', async () => {
    const plan = await planOf(PRIMARY);
    const pdf = writeBase(plan);
    expect(Buffer.compare(extractDocument(pdf)!, plan.documentBytes)).toBe(0);
    const text = latin1(pdf);
    expect(text.match(/\/AFRelationship \/Source/g)).toHaveLength(1);
    expect(text).toContain('/Lang (vi-VN)');
    expect(text).toContain('/SigFlags 3');
  });

  test('shows the verification code on every page, and the QR code once drawn on each', async () => {
    for (const [sample, pages] of [
      [SECONDARY, 5],
      [PRIMARY, 6],
    ] as const) {
      const plan = await planOf(sample);
      const pdf = writeBase(plan);
      const shown = shownText(plan, pdf);
      expect(shown.split(formatVerificationCode(plan.hash))).toHaveLength(pages + 1);
      expect(latin1(pdf).match(/\/Q Do/g)).toHaveLength(pages);
      expect(latin1(pdf)).toContain(
        `/URI (https://demo.so-cai.example/kiem-tra#${compactVerificationCode(plan.hash)})`,
      );
    }
  });

  test('has neither QR code nor link without a verifier, and no trial notice unless it is one', async () => {
    const plan = await planOf(
      changed(SECONDARY, (copy: any) => {
        delete copy.verifier;
        delete copy.demo;
      }),
    );
    const pdf = signedPdf(plan);
    expect(latin1(pdf)).not.toMatch(/\/Q Do|\/URI|\/Image/);
    expect(shownText(plan, pdf)).not.toMatch(/thử nghiệm|quét mã QR/);
  });

  test('prints marks with a comma, Đ and CĐ for comments, and each remark in full', async () => {
    const plan = await planOf(changed(SECONDARY, (copy: any) => (copy.data.year.subjects[8].HK1 = 'CD')));
    const shown = shownText(plan, writeBase(plan));
    expect(shown).toContain('\n8,4\n8,8\n8,7\n');
    expect(shown).toContain('\nCĐ\nĐ\nĐ\n');
    expect(shown.replaceAll('\n', ' ')).toContain(
      'nên thử sức với các bài tập tổng hợp và ghi chép kết quả đo cẩn thận',
    );
    expect(shown).toContain(
      'Trong trang này có sửa chữa ở 2 chỗ, thuộc môn học, hoạt động giáo dục: Toán, Khoa học tự nhiên.',
    );
  });

  test('prints the decision at the line of the form that it belongs to', async () => {
    const decide = async (promotion: Record<string, unknown>): Promise<string> => {
      const plan = await planOf(changed(SECONDARY, (copy: any) => (copy.data.year.promotion = promotion)));
      return shownText(plan, writeBase(plan)).replaceAll('\n', ' ');
    };
    expect(await decide({ decision: 'LEN_LOP', afterSummer: true, text: 'Lên lớp 7' })).toMatch(
      /kì nghỉ hè: Lên lớp 7/,
    );
    expect(await decide({ decision: 'O_LAI', text: 'Ở lại lớp 6' })).toContain(
      'Không được lên lớp: Ở lại lớp 6',
    );
    expect(await decide({ decision: 'DANH_GIA_LAI', text: 'Đánh giá lại Toán' })).toContain(
      'Chưa quyết định: Đánh giá lại Toán',
    );
  });

  test('has room for 14 subjects with remarks of 150 characters and two teachers each', async () => {
    const remark =
      'Suy luận tốt, thao tác an toàn, biết liên hệ thực tế; nên thử sức với các bài tập tổng hợp và ghi chép kết quả đo cẩn thận, đầy đủ hơn nữa nhé các em.';
    expect(remark.length).toBeGreaterThanOrEqual(150);
    const crowded = changed(SECONDARY, (copy: any) => {
      copy.data.year.subjects = [...copy.data.year.subjects, ...EXTRA_SUBJECTS].map((subject) => ({
        ...subject,
        remark,
        teacher: 'Nguyễn Hoàng Phương Uyên Thảo Nguyên; Nguyễn Thị Cẩm Nhung',
      }));
      copy.data.year.homeroomRemark = `${remark} ${remark}`;
      copy.route[0].name = 'Nguyễn Hoàng Phương Uyên Thảo Nguyên';
    });
    const plan = await planOf(crowded);
    const pdf = signedPdf(plan);
    expect(shownText(plan, pdf).replaceAll('\n', ' ').split('đầy đủ hơn nữa nhé các em.')).toHaveLength(17);
    expect(pdf.length).toBeLessThan(260_000);
  });
});

describe('what cannot be written is refused, never cut', () => {
  test('text that does not fit even in the smallest size', async () => {
    const long = 'Chăm chỉ và tiến bộ rõ rệt trong học tập. '.repeat(14).trim();
    expect(
      await outcome(SECONDARY, (copy) =>
        copy.data.year.subjects.forEach((subject: any) => (subject.remark = long)),
      ),
    ).toBe('TEXT_DOES_NOT_FIT');
    expect(await outcome(SECONDARY, (copy) => (copy.data.year.subjects[0].teacher = 'W'.repeat(120)))).toBe(
      'TEXT_DOES_NOT_FIT',
    );
    expect(await outcome(SECONDARY, (copy) => (copy.data.year.subjects[0].remark = long))).toBe('written');
  });

  test('a character outside the template', async () => {
    expect(await outcome(SECONDARY, (copy) => (copy.data.pupil.fullName = '김민준'))).toBe(
      'CHARACTER_NOT_IN_TEMPLATE',
    );
    expect(await outcome(SECONDARY, (copy) => (copy.data.pupil.fullName = 'Kʼ Brét Müller-Żak'))).toBe(
      'written',
    );
  });

  test('a document of the other kind, of another template hash, or with a picture that is not there', async () => {
    const loaded = await loadTemplate('hoc-ba-th-1');
    const wrongKind = changed(
      SECONDARY,
      (copy) => (copy.template = { id: 'hoc-ba-th-1', hash: loaded.hash }),
    );
    expect(() => writeBase(planDocument(encodeTranscript(wrongKind), loaded))).toThrow(
      'is not for this document',
    );
    expect(() => planDocument(encodeTranscript(PRIMARY), loaded)).toThrow('pins template');
    await expect(planOf(styled(PRIMARY), byHash(LOGO))).rejects.toMatchObject({ code: 'IMAGE_MISSING' });
  });

  test('row 26: text made to look like PDF or a placeholder stays text', async () => {
    const hostile = ') Tj ET /JavaScript (x) {fullName} <script>alert(1)</script>';
    const plan = await planOf(changed(SECONDARY, (copy) => (copy.data.pupil.fullName = hostile)));
    const pdf = writeBase(plan);
    const text = latin1(pdf);
    expect(/\/JavaScript|<script>/.test(text.slice(text.indexOf('/Type /Pages')))).toBe(false);
    expect(text.slice(text.indexOf('<?xpacket'), text.indexOf('<?xpacket end'))).toContain('&lt;script&gt;');
    expect(shownText(plan, pdf)).toContain('{fullName}');
  });
});

test('the bytes of this release stay: a change here breaks every document issued with these templates', async () => {
  const digest = async (sample: SchoolDocument): Promise<string> =>
    createHash('sha256')
      .update(signedPdf(await planOf(sample)))
      .digest('hex');
  expect({
    secondary: await digest(SECONDARY),
    primary: await digest(PRIMARY),
    upper: await digest(UPPER),
    slip: await digest(SLIP),
    termSlip: await digest(TERM_SLIP),
    primarySlip: await digest(PRIMARY_SLIP),
    midterm: await digest(summaryOf(2, 'GHK1')),
    yearEnd: await digest(summaryOf(5, 'CN')),
    register: await digest(registerOf(5)),
  }).toEqual({
    secondary: '793739d69dcf42d1298c6c5df122bd62366ed3c774eb22f19b9f387e21053b11',
    primary: 'deb38a4cf064292a03523f35c8f464f1f22c1b337fc1a8a277dfd598a50e469f',
    upper: '7dd35153186a444ebcc8ee6d031dda182b4ec7222f48410998207c455a0f835d',
    slip: '7deb8f6a931a7f949912bee9420eda6cfb655c5ab9af74d18f6e437574b60bc8',
    termSlip: 'be51c5930cf185b4d889309edfa7f5dccf849357634a20eb189a41a77d69b0df',
    primarySlip: '3190aaa35c5b344df07d346a32cf53a1bf0275aff04c1f5eaa5c45177e585b3d',
    midterm: 'a27dae812b801b0d66a79266bf49bef1a3b5432dfdd41f68fc5b7476c4a11637',
    yearEnd: 'ccab1b2da11fd1f84f9e9e8655b8b6bf6b2a3827b2ac485ca2d5f550f982de0a',
    register: '8a86c30eb1e6796755cc59f1a97376d4f1366d4c097596f9a1bf54ca1fa80d84',
  });
});
