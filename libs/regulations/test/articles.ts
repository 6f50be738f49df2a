/** Reads which article each rule file names in its comments and each test in its title, as the table of ARTICLES.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SRC = 'libs/regulations/src';
const TESTS = 'libs/regulations/test';
/** "TT 22/2021 Đ.9 k.2", "TT 22/2021 Đ.13–14": the circular, the first and perhaps the last article. */
const CITED = /TT (22\/2021|27\/2020|28\/2020|32\/2020|15\/2026) Đ\.(\d+)(?:–(\d+)(?![\d.]))?/g;
const IN_TITLE = /(?:describe|test)(?:\.each\([^)]*\))?\(\s*'[^']*?Đ\.(\d+)(?:–(\d+))?/g;

/** What the articles that the room implements are about: the circulars' own headings, shortened. */
const ABOUT: Readonly<Record<string, string>> = {
  'TT 22/2021 Đ.5': 'hình thức đánh giá: nhận xét, điểm số',
  'TT 22/2021 Đ.6': 'đánh giá thường xuyên: số lần, cụm chuyên đề',
  'TT 22/2021 Đ.7': 'đánh giá định kì: giữa kì, cuối kì, vắng kiểm tra',
  'TT 22/2021 Đ.8': 'kết quả rèn luyện từng học kì và cả năm',
  'TT 22/2021 Đ.9': 'kết quả học tập: điểm trung bình, mức, điều chỉnh',
  'TT 22/2021 Đ.10': 'miễn phần thực hành',
  'TT 22/2021 Đ.11': 'học sinh khuyết tật, kế hoạch cá nhân',
  'TT 22/2021 Đ.12': 'được lên lớp, đánh giá lại, không được lên lớp',
  'TT 22/2021 Đ.13': 'rèn luyện trong kì nghỉ hè',
  'TT 22/2021 Đ.14': 'kiểm tra, đánh giá lại các môn học',
  'TT 22/2021 Đ.15': 'khen thưởng',
  'TT 27/2020 Đ.5': 'nội dung đánh giá: phẩm chất, năng lực',
  'TT 27/2020 Đ.6': 'đánh giá thường xuyên và mức đạt được',
  'TT 27/2020 Đ.7': 'bài kiểm tra định kì',
  'TT 27/2020 Đ.8': 'học sinh khuyết tật, kế hoạch cá nhân',
  'TT 27/2020 Đ.9': 'đánh giá kết quả giáo dục cuối năm',
  'TT 27/2020 Đ.11': 'hoàn thành chương trình, đánh giá bổ sung',
  'TT 27/2020 Đ.13': 'khen thưởng',
  'TT 28/2020 Đ.21': 'hồ sơ của trường tiểu học (đến 9/5/2026)',
  'TT 32/2020 Đ.21': 'hồ sơ của trường trung học (đến 9/5/2026)',
  'TT 15/2026 Đ.21': 'hồ sơ của nhà trường (từ 10/5/2026)',
};

/** The articles of the two circulars that say who does what, on which paper: no rule of this room, but of these. */
const ELSEWHERE: readonly (readonly [string, string, string])[] = [
  ['TT 22/2021 Đ.16–17', 'hồ sơ; cơ quan quản lí', '`libs/transcript`, `libs/pdf`'],
  ['TT 22/2021 Đ.18–20', 'trách nhiệm của hiệu trưởng, giáo viên', '`libs/policy`'],
  ['TT 27/2020 Đ.10', 'học bạ, bảng tổng hợp kết quả đánh giá', '`libs/transcript`, `libs/pdf`'],
  ['TT 27/2020 Đ.12', 'nghiệm thu, bàn giao kết quả', '`apps/api`'],
  ['TT 27/2020 Đ.14–16', 'trách nhiệm', '`libs/policy`'],
];

/** The rows of the table: article, heading, rule files, test files. */
export interface ArticleRow {
  readonly article: string;
  readonly about: string | undefined;
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

/** Every article that a rule file names, in the order of the circulars. */
export function articleRows(): ArticleRow[] {
  const files = new Map<string, Set<string>>();
  const tests = new Map<string, Set<string>>();
  for (const file of sources(SRC)) {
    for (const [, circular, first, last] of read(SRC, file).matchAll(CITED))
      note(files, `TT ${circular ?? ''}`, first, last, file);
  }
  for (const file of sources(TESTS).filter((name) => name.endsWith('.test.ts'))) {
    const text = read(TESTS, file);
    for (const [, circular, first, last] of text.matchAll(CITED))
      note(tests, `TT ${circular ?? ''}`, first, last, file);
    const own = /^tt22/.test(file) ? 'TT 22/2021' : /^tt27/.test(file) ? 'TT 27/2020' : null;
    if (own === null) continue;
    for (const [, first, last] of text.matchAll(IN_TITLE)) note(tests, own, first, last, file);
  }
  return [...files.keys()].sort(byArticle).map((article) => ({
    article,
    about: ABOUT[article],
    files: [...(files.get(article) ?? [])].sort(),
    tests: [...(tests.get(article) ?? [])].sort(),
  }));
}

/** ARTICLES.md. */
export function articleTable(rows: readonly ArticleRow[]): string {
  const cells = rows.map(
    ({ article, about, files, tests }) =>
      `| ${article} | ${about ?? ''} | ${files.map(code).join(', ')} | ${tests.map(code).join(', ')} |`,
  );
  return [
    '# Which article is where',
    '',
    'Made from the comments of the rule files and the titles of the tests (`npm run -s jest -- libs/regulations/test/articles',
    '-u` writes it again); a test fails when it is out of date, or when an article has a rule and no test.',
    '',
    '| article | about | rules (`src/`) | tests (`test/`) |',
    '|---|---|---|---|',
    ...cells,
    '',
    'Of the same circulars, but no rule of a result:',
    '',
    '| article | about | where |',
    '|---|---|---|',
    ...ELSEWHERE.map((cells) => `| ${cells.join(' | ')} |`),
    '',
  ].join('\n');
}

function note(
  into: Map<string, Set<string>>,
  circular: string,
  first: string | undefined,
  last: string | undefined,
  file: string,
): void {
  for (let article = Number(first); article <= Number(last ?? first); article += 1) {
    const key = `${circular} Đ.${String(article)}`;
    into.set(key, (into.get(key) ?? new Set()).add(file));
  }
}

function byArticle(a: string, b: string): number {
  const number = (article: string): number => Number(article.split('Đ.')[1]);
  const circulars = a.slice(0, 10).localeCompare(b.slice(0, 10));
  return circulars === 0 ? number(a) - number(b) : circulars;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
}

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

function code(text: string): string {
  return `\`${text}\``;
}
