import { describe, expect, test } from '@jest/globals';
import { writeBase } from '#pdf-fill/base.js';
import { extractDocument } from '#pdf-fill/attachment.js';
import { encodeDocument, type TranscriptError } from '#transcript/canonical.js';
import type { StructureNode } from '#pdf-fill/structure.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import {
  PRIMARY_SLIP,
  registerOf,
  SLIP,
  summaryOf,
  TERM_SLIP,
  UPPER,
} from '../../transcript/test/other-samples.js';
import { changed, PRIMARY, SECONDARY } from '../../transcript/test/samples.js';
import { latin1, planOf, shownText, signedPdf } from './issued.js';
import { LONGEST_TEXTS, PICTURES, styled } from './pictures.js';

const pagesOf = (pdf: Uint8Array): number => latin1(pdf).split('/Type /Page /Parent').length - 1;
/** `length` characters of words. */
const words = (length: number): string => 'Nghiêng ngả chuyển hướng '.repeat(40).slice(0, length).trim();

describe('a school with a template file of its own', () => {
  const samples = [
    SECONDARY,
    PRIMARY,
    UPPER,
    SLIP,
    TERM_SLIP,
    PRIMARY_SLIP,
    summaryOf(4, 'CN', 9),
    registerOf(3),
  ];

  test('has its texts at their longest, its logo, seal and signatures on every kind of document, and no page more', async () => {
    for (const sample of samples as readonly SchoolDocument[]) {
      const plan = await planOf(styled(sample), PICTURES);
      const pdf = signedPdf(plan);
      expect(plan.pages).toHaveLength((await planOf(sample)).pages.length);
      const text = shownText(plan, pdf).replaceAll('\n', ' ');
      expect(text).toContain(LONGEST_TEXTS.governingBody!.slice(0, 20));
      const drawn = (name: string): number => latin1(pdf).split(`/${name} Do`).length - 1;
      expect(drawn('L')).toBeGreaterThan(0);
      expect(drawn('S')).toBe(3);
      expect(Buffer.compare(pdf, signedPdf(await planOf(styled(sample), PICTURES)))).toBe(0);
    }
  });

  test('a text longer than its place, of an unknown name, or a picture without a place is no document', () => {
    const faults = (edit: (copy: any) => void): unknown => {
      try {
        encodeDocument(changed<SchoolDocument>(styled(SECONDARY), edit));
        return 'written';
      } catch (error) {
        return (error as TranscriptError).violations.map(({ path, code }) => `${path} ${code}`);
      }
    };
    expect(faults(() => undefined)).toBe('written');
    expect(faults((copy) => (copy.template.school.texts.motto = 'x'.repeat(81)))).toContain(
      '/template/school/texts/motto BAD_TEXT',
    );
    expect(faults((copy) => (copy.template.school.texts.footer = 'x'))).toContain(
      '/template/school/texts/footer UNKNOWN_KEY',
    );
    // Another text, or another logo, under the hash of the file that the school put in.
    for (const edit of [
      (copy: any) => (copy.template.school.texts.motto = 'Học để biết'),
      (copy: any) => (copy.images.find((each: any) => each.place === 'logo').hash = '11'.repeat(32)),
    ]) {
      expect(faults(edit)).toEqual(['/template/school/hash INCONSISTENT']);
    }
    expect(faults((copy) => delete copy.template.school)).toEqual(['/images INCONSISTENT']);
    expect(faults((copy) => copy.images.push({ place: 'vice-principal', hash: '11'.repeat(32) }))).toContain(
      '/images BAD_VALUE',
    );
  });
});

describe('the pages of slips, summaries and registers', () => {
  test('follow from the data alone, byte for byte, and carry it', async () => {
    for (const sample of [SLIP, TERM_SLIP, PRIMARY_SLIP, summaryOf(4, 'CN'), registerOf(3)]) {
      const plan = await planOf(sample);
      const pdf = writeBase(plan);
      expect(Buffer.compare(pdf, writeBase(await planOf(sample)))).toBe(0);
      expect(extractDocument(pdf)).toEqual(plan.documentBytes);
      expect(latin1(pdf)).toContain(`(${sample.type}.json)`);
    }
  });

  test('a slip is one page, with every mark of the pupil', async () => {
    const plan = await planOf(SLIP);
    const pdf = writeBase(plan);
    expect(pagesOf(pdf)).toBe(1);
    const text = shownText(plan, pdf);
    expect(text).toContain('CUỐI NĂM HỌC – NĂM HỌC 2025 – 2026');
    expect(text).toContain('Nguyễn Hoàng Phương Uyên Thảo Nguyên');
    expect(text).toContain('8 7,5 10 9');
    expect(text).toContain('Học sinh Giỏi');
  });

  test('the longest slip that a school can have still stands on its page', async () => {
    const longest = changed(SLIP, (copy) => {
      if (copy.data.slip.kind !== 'secondary') return;
      const { slip } = copy.data;
      slip.subjects.push({ ...slip.subjects[0]!, code: 'NGOAI_NGU_2', name: 'Ngoại ngữ 2 (Tiếng Pháp)' });
      slip.subjects.push({ ...slip.subjects[0]!, code: 'TIENG_DAN_TOC', name: 'Tiếng dân tộc thiểu số' });
      for (const subject of slip.subjects) subject.remark = words(190);
      slip.homeroomRemark = words(500);
      copy.data.pupil.fullName = 'Công Tằng Tôn Nữ Nguyễn Hoàng Phương Uyên Thảo Nguyên Khánh Ngọc';
      slip.className = '6 Chuyên Anh 1';
    });
    expect(longest.data.slip.subjects).toHaveLength(14);
    expect(pagesOf(writeBase(await planOf(longest)))).toBe(1);
  });

  test('what no page can hold is refused by name, never cut', async () => {
    const tooLong = changed(SLIP, (copy) => {
      for (const subject of copy.data.slip.subjects) subject.remark = words(590);
    });
    await expect(planOf(tooLong).then(writeBase)).rejects.toMatchObject({ code: 'TEXT_DOES_NOT_FIT' });
  });

  test('a summary has the columns of its form, in all nine, and a class of 45 over two pages', async () => {
    for (const grade of [1, 3, 5]) {
      for (const period of ['GHK1', 'CHK1', 'CN'] as const) {
        const sample = summaryOf(grade, period);
        const plan = await planOf(sample);
        const text = shownText(plan, writeBase(plan));
        expect(plan.pages).toHaveLength(2);
        const heads = plan.view.tables['heads']?.[0] ?? [];
        expect(plan.view.tables['pupils']?.every((row) => row.length === heads.length)).toBe(true);
        expect(heads).toContain('Thẩm mĩ');
        expect(heads.includes('Công nghệ')).toBe(grade >= 3);
        expect(heads.includes('Toán – Điểm KTĐK')).toBe(period === 'GHK1' ? grade === 5 : true);
        expect(heads.includes('Khen thưởng')).toBe(period === 'CN');
        for (const pupil of sample.data.pupils.slice(0, 40)) {
          for (const word of pupil.fullName.split(' ')) expect(text).toContain(word);
        }
      }
    }
  });

  test('headings and signatures: the first on every page, the second on the last', async () => {
    const plan = await planOf(summaryOf(4, 'CN'));
    const text = shownText(plan, writeBase(plan));
    expect(text.split('Trang 1/2')).toHaveLength(2);
    expect(text.match(/BẢNG TỔNG HỢP KẾT QUẢ/g)).toHaveLength(2);
    expect(text.match(/LÃNH ĐẠO NHÀ TRƯỜNG/g)).toHaveLength(1);
    const last = `/P ${String(plan.numbers.pages.at(-1))} 0 R`;
    expect(latin1(writeBase(plan)).split(last)).toHaveLength(4);
  });

  test('a register keeps what was corrected: struck out in red, the new value beside it, counted at the foot', async () => {
    const sample = registerOf();
    const plan = await planOf(sample);
    const pdf = writeBase(plan);
    const text = shownText(plan, pdf);
    expect(text).toContain('5,5 6');
    expect(text).toContain('Chưa cố gắng.');
    expect(text).toContain('Trong trang này có sửa chữa ở 3 chỗ, thuộc học sinh có số thứ tự: 5.');
    expect(text).toContain('Trong trang này có sửa chữa ở 0 chỗ.');
    // Attendance is corrected as marks are: one session without permission was two.
    const [absent] = plan.pages.filter(({ title }) => title === 'Điểm danh');
    expect(absent?.view.tables['attendance']?.[4]).toEqual([
      ...['5', sample.data.pupils[4]?.fullName, '1', '0', '4'],
      ...[{ struck: '1', text: '2' }, '7'],
    ]);
    expect(absent?.view.strings['corrections']).toMatch(/sửa chữa ở 1 chỗ.*: 5\./);
    // Every old value in red, each crossed by a red rule.
    const red = latin1(pdf).match(/BT 0\.72 0\.05 0\.08 rg[^\n]*ET\n0\.72 0\.05 0\.08 RG [^\n]* S/g) ?? [];
    const { sheets } = registerOf().data;
    const places = sheets.flatMap(({ rows }) => rows.flatMap(({ corrected }) => corrected ?? []));
    expect(red.length).toBeGreaterThanOrEqual(places.length);
  });

  test('a register has a page of each subject and term in the outline, and no pupil is lost between pages', async () => {
    const sample = registerOf();
    const plan = await planOf(sample);
    const titles = new Set(plan.pages.map(({ title }) => title));
    for (const { name, term } of sample.data.sheets) {
      expect(titles).toContain(`${name} – ${term === 'HK1' ? 'HỌC KÌ I' : 'HỌC KÌ II'}`);
    }
    const rows = plan.pages
      .filter(({ title }) => title === 'Toán – HỌC KÌ II')
      .flatMap(({ view }) => view.tables['rows'] ?? []);
    expect(rows.map(([number]) => number)).toEqual(sample.data.pupils.map((_, i) => String(i + 1)));
  });

  test('the longest remarks take more pages rather than being cut', async () => {
    const longest: SchoolDocument = changed(registerOf(45), (copy) => {
      copy.data.sheets.splice(1);
      for (const row of copy.data.sheets[0]!.rows) row.remark = words(500);
    });
    const plan = await planOf(longest);
    expect(pagesOf(writeBase(plan))).toBe(plan.pages.length);
    expect(plan.pages.filter(({ title }) => title.startsWith('Ngữ văn')).length).toBeGreaterThan(5);
  });

  test('are tagged: each piece of a page has one element, in the order of reading, and leads back to it', async () => {
    for (const sample of [SLIP, SECONDARY, PRIMARY, summaryOf(4, 'CN', 30), registerOf(3)] as const) {
      const plan = await planOf(styled<SchoolDocument>(sample), PICTURES);
      const text = latin1(writeBase(plan));
      const objects = new Map(
        [...text.matchAll(/\n(\d+) 0 obj\n(<< \/S \/[^\n]*)\n/g)].map(([, number, body]) => [number, body!]),
      );
      const nums = /\/Nums \[(.*)\] >>/.exec(text)![1]!;
      const pages = text.split('/StructParents ').slice(1);
      expect(pages).toHaveLength(plan.pages.length);
      pages.forEach((page, i) => {
        const content = page.slice(0, page.indexOf('endstream'));
        const marks = [...content.matchAll(/\/(\w+) <<\/MCID (\d+)>> BDC/g)];
        expect(marks.map(([, , mark]) => mark)).toEqual(marks.map((_, at) => String(at)));
        const parents = new RegExp(`(?:^| )${String(i)} \\[([^\\]]*)\\]`).exec(nums)![1]!.split(/ 0 R ?/);
        marks.forEach(([, tag, mark], at) => {
          const element = objects.get(parents[at] ?? '') ?? '';
          // A value beside a table is painted as words, and is a cell of that table.
          expect(element.slice(0, 24)).toMatch(
            tag === 'P' ? /\/S \/(?:P|TD) \/P / : new RegExp(`/S /${tag!} /P `),
          );
          expect(element).toMatch(new RegExp(`/K (?:\\[[^\\]]*\\b)?${mark!}\\b`));
        });
        expect(content.match(/BDC|BMC/g)?.length).toBe(content.match(/EMC/g)?.length);
        // Nothing is painted outside a piece but lines, which are artifacts.
        const outside = content.replace(/BDC.*?EMC/gs, '').replace(/\/Artifact BMC [^\n]* EMC/g, '');
        expect(outside).not.toMatch(/ Tj| Do| re | l S/);
      });
      const figures = [...objects.values()].filter((body) => body.startsWith('<< /S /Figure'));
      expect(figures.length).toBeGreaterThan(plan.pages.length);
      expect(figures.every((body) => body.includes('/Alt <FEFF'))).toBe(true);
      const forms = [...objects.values()].filter((body) => body.startsWith('<< /S /Form'));
      expect(forms).toHaveLength(plan.numbers.widgets.length);
    }
  });

  test('are tagged: a table has its heads over its columns, spans told, and a row for each subject', async () => {
    const { structure } = await planOf(SECONDARY);
    const table = structure[3]!.find(({ tag }) => tag === 'Table')!;
    const rows = table.kids as StructureNode[];
    const shape = (row: StructureNode) =>
      (row.kids as StructureNode[]).map(
        ({ tag, columns = 1, rows: high = 1 }) => `${tag} ${columns}×${high}`,
      );
    expect(rows.slice(0, 2).map(shape)).toEqual([
      ['TH 1×2', 'TH 3×1', 'TH 1×2', 'TH 1×2'],
      ['TH 1×1', 'TH 1×1', 'TH 1×1'],
    ]);
    const { year } = SECONDARY.data;
    expect(rows.slice(2)).toHaveLength(year.subjects.length);
    expect(rows.slice(2).every(({ kids }) => kids.length === 6)).toBe(true);
    // Absences stand once beside the three rows of levels.
    const levels = structure[4]!.find(({ tag }) => tag === 'Table')!.kids as StructureNode[];
    expect(levels.map(({ kids }) => kids.length)).toEqual([4, 4, 6, 3, 3]);
    expect((levels[2]!.kids[3] as StructureNode).rows).toBe(3);
  });

  test('the học bạ of upper secondary school is the same book under its own name', async () => {
    const plan = await planOf(UPPER);
    const text = shownText(plan, writeBase(plan)).replaceAll('\n', ' ');
    expect(text).toContain('TRUNG HỌC PHỔ THÔNG');
    expect(text).toContain('Hoàn thành chương trình giáo dục trung học phổ thông.');
    expect(text).not.toContain('TRUNG HỌC CƠ SỞ');
  });

  test('a học bạ holds 14 subjects with long remarks, an eleven-word name, twelve rows of schools', async () => {
    const longest = changed(UPPER, (copy) => {
      const { pupil, year, history } = copy.data;
      if (year.kind !== 'secondary') return;
      pupil.fullName = 'Công Tằng Tôn Nữ Nguyễn Hoàng Phương Uyên Thảo Nguyên Khánh Ngọc';
      pupil.address = words(200);
      copy.data.school.name = 'Trường Phổ thông Dân tộc Nội trú Trung học phổ thông Nguyễn Thị Minh Khai';
      while (year.subjects.length < 14) {
        const code = `X${String(year.subjects.length)}`;
        year.subjects.push({
          ...year.subjects[0]!,
          code,
          name: 'Hoạt động trải nghiệm, hướng nghiệp ở địa phương',
        });
      }
      for (const subject of year.subjects) {
        subject.remark = words(250);
        subject.teacher = 'Nguyễn Thị Hoàng Phương Uyên; Trần Văn Hoàng Khánh';
      }
      year.homeroomRemark = words(500);
      year.corrections = { count: 14, subjects: year.subjects.map(({ code }) => code) };
      while (history.length < 12) history.push({ ...history[0]!, schoolName: words(150) });
    });
    expect(pagesOf(writeBase(await planOf(longest)))).toBe(5);
  });

  test('a template of another kind or period is refused', async () => {
    for (const [sample, id] of [
      [SLIP, 'phieu-trung-hoc-hk-1'],
      [SLIP, 'hoc-ba-thcs-1'],
      [summaryOf(4, 'CN', 2), 'bang-tong-hop-1'],
    ] as const) {
      const other = changed<SchoolDocument>(sample, (copy) => (copy.template.id = id));
      await expect(planOf(other)).rejects.toMatchObject({
        code: id === 'hoc-ba-thcs-1' ? 'ROUTE_MISMATCH' : 'TEMPLATE_MISMATCH',
      });
    }
  });
});
