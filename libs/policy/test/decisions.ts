/** Writes the decision table down as people read it: libs/policy/DECISIONS.md. */
import { ACTIONS } from '#policy/actions.js';
import { BASES, type Basis, type Evidence } from '#policy/basis.js';
import type { InForce } from '#policy/charter.js';
import type { Row } from '#policy/row.js';
import { SUBJECTS } from '#policy/subjects.js';
import { SWITCHES, SWITCH_NAMES } from '#policy/switches.js';
import { TABLE } from '#policy/table.js';

const EVIDENCE: Readonly<Record<Evidence, string>> = {
  read: 'đã đọc',
  told: 'theo nguồn khác trích lại',
  understood: 'cách hiểu của chúng tôi',
};

const HEAD = `# Ai được làm gì

Bảng quyết định của libs/policy, viết ra cho người đọc; sinh từ chính bảng mà máy chủ và trang web hỏi (\`npm run -s jest --
libs/policy/test/decisions -u\`). Mỗi việc đọc từ trên xuống: dòng đầu tiên đúng thì quyết định; không dòng nào đúng thì không được.
"Căn cứ" là tên ở cuối tài liệu. Ý nghĩa của số quy tắc: [RULES.md](RULES.md).
`;

export function decisionsText(): string {
  return [HEAD, ...SUBJECTS.map(subjectText), switchesText(), basesText()].join('\n');
}

function subjectText({ title, actions }: (typeof SUBJECTS)[number]): string {
  return [`## ${title}\n`, ...actions.map(actionText)].join('\n');
}

function actionText(action: keyof typeof TABLE): string {
  const { label, needsSecondFactor } = ACTIONS[action];
  const { rows, otherwise } = TABLE[action];
  return [
    `### ${label}${needsSecondFactor ? ' (hỏi lại xác thực lần hai)' : ''}\n`,
    '| khi | | số | câu trả lời | căn cứ |',
    '|---|---|---|---|---|',
    ...rows.map(rowText),
    `| còn lại | không | ${otherwise.rule} | ${otherwise.sentence} | |`,
    '',
  ].join('\n');
}

function rowText(row: Row): string {
  const { when, allow, rule, sentence, basis } = row;
  const switches = [...new Set(when.switches ?? [])].map((name) => ` [quy chế: ${name}]`).join('');
  const cells = [
    when.text + version(row) + switches,
    allow ? 'được' : '**không**',
    rule,
    sentence,
    nameOf(basis),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** "(từ 10/5/2026, tiểu học)", or nothing for a row that always holds. */
function version({ from, until, level }: InForce): string {
  const parts = [
    ...(from === undefined ? [] : [`từ ${day(from)}`]),
    ...(until === undefined ? [] : [`đến ${day(until)}`]),
    ...(level === undefined ? [] : [level === 'primary' ? 'tiểu học' : 'trung học']),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function day(date: string): string {
  return date.split('-').reverse().map(Number).join('/');
}

function nameOf(basis: Basis): string {
  return Object.entries(BASES).find(([, known]) => known === basis)?.[0] ?? basis.about;
}

function switchesText(): string {
  const rows = SWITCH_NAMES.map((name) => {
    const { question, choices, byDefault, rules, basis } = SWITCHES[name];
    const answers = choices.map(({ value, label, caution }) =>
      [value === byDefault ? `**${label}**` : label, ...(caution === undefined ? [] : [`(${caution})`])].join(
        ' ',
      ),
    );
    return `| ${name} | ${question} | ${answers.join('<br>')} | ${rules.join(', ')} | ${basis} |`;
  });
  return [
    '## Quy chế của trường\n',
    'Chỉ Hiệu trưởng thay đổi, bằng quyết định có số. In đậm là khi trường không nói gì.\n',
    '| | câu hỏi | trả lời | quy tắc | vì sao trường được chọn |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function basesText(): string {
  const rows = Object.entries(BASES).flatMap(([name, { about, citations }]: [string, Basis]) =>
    citations.map(
      (citation, i) =>
        `| ${i === 0 ? name : ''} | ${i === 0 ? about : ''} | ${citation.text}${version(citation)} | ${EVIDENCE[citation.evidence]} |`,
    ),
  );
  return ['## Căn cứ\n', '| tên | về | văn bản | độ chắc |', '|---|---|---|---|', ...rows, ''].join('\n');
}
