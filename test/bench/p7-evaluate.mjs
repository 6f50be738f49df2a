// P7: pupils' years a second through `socai evaluate`, the whole process: start, reading, judging, writing, end. Half of the
// pupils are of grade 8 (12 subjects), half of grade 4 (11 subjects, everything of the year); one in ten sits a
// re-assessment. The lines stream through a pipe in both directions, so that the process cannot keep them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../apps/cli/launch/ready.mjs';
import { count, median, progress } from './logs.mjs';

const PUPILS = 200_000;
const ROUNDS = 3;
const GOAL = 20_000;
/** So many different pupils, sent again and again: the bytes of all of them at once would fill the memory here. */
const DIFFERENT = 4_000;

/** @returns {Promise<import('./run.mjs').Figure>} */
export async function measure() {
  const lines = Array.from({ length: DIFFERENT }, (_, number) =>
    number % 2 === 0 ? secondary(number) : primary(number),
  );
  const block = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const few = await evaluated(block, PUPILS / 10);
  const rounds = [];
  for (let round = 1; round <= ROUNDS; round++) {
    progress(`P7 round ${round} of ${ROUNDS}`);
    rounds.push(await evaluated(block, PUPILS));
  }
  const rate = PUPILS / median(rounds.map(({ seconds }) => seconds));
  const megabytes = Math.max(...rounds.map((round) => round.megabytes));
  const processor = median(rounds.map((round) => round.processor));
  return {
    id: 'P7',
    work: `socai evaluate, ${count(PUPILS)} pupils' years through its pipes (${Math.round(block.length / DIFFERENT)} bytes each), half secondary, half primary`,
    lines: [
      `${count(Math.round(rate))} pupils' years a second (rounds: ${rounds.map(({ seconds }) => `${seconds.toFixed(1)} s`).join(', ')})`,
      processor === 0
        ? 'processor time and memory: not known on this system'
        : `processor time ${((1e6 * processor) / PUPILS).toFixed(0)} µs a pupil, so ${count(Math.round(PUPILS / processor))} a second on a core of its own; peak memory ${megabytes} MB, for a tenth of the pupils ${few.megabytes} MB`,
    ],
    ratio: rate / GOAL,
    goal: `≥ ${count(GOAL)} a second`,
    holds: rate >= GOAL,
  };
}

/**
 * Seconds from the start of the process to its end, those of the processor, and its peak memory. An answer that is missing or an error is an Error.
 * @param {Buffer} block Lines of DIFFERENT pupils.
 * @param {number} pupils A multiple of DIFFERENT.
 */
async function evaluated(block, pupils) {
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'dist/apps/cli/src/main.js'), 'evaluate'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let answers = 0;
  let errors = 0;
  let used = { processor: 0, megabytes: 0 };
  child.stdout.on('data', (/** @type {Buffer} */ chunk) => {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) answers++;
    if (chunk.includes('"error":')) errors++;
    used = usedBy(child.pid) ?? used;
  });
  const closed = once(child, 'close');
  for (let sent = 0; sent < pupils; sent += DIFFERENT) {
    if (!child.stdin.write(block)) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  const [status] = await closed;
  if (status !== 0 || answers !== pupils || errors > 0)
    throw new Error(
      `P7: status ${status}, ${answers} answers to ${pupils} pupils, errors in ${errors} chunks`,
    );
  return { seconds: (performance.now() - started) / 1000, ...used };
}

/** Processor seconds and peak memory of a process that lives; null where the system does not tell, or it has ended. */
function usedBy(pid) {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { processor: ticks / TICKS_A_SECOND, megabytes: Math.round(Number(kilobytes) / 1024) };
  } catch {
    return null;
  }
}

/** Of /proc, on every Linux of today. */
const TICKS_A_SECOND = 100;

/** Marks that differ from pupil to pupil, and are the same every time. */
function marksOf(number) {
  let state = number + 1;
  return (from, to) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const tenths = from + Math.floor((state / 2 ** 32) * (to - from + 1));
    return tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1);
  };
}

const SCORE = [
  ...[
    ['NGU_VAN', 140, 4],
    ['TOAN', 140, 4],
    ['NGOAI_NGU_1', 105, 4],
    ['GDCD', 35, 2],
  ],
  ...[
    ['LICH_SU_DIA_LI', 105, 4],
    ['KHTN', 140, 4],
    ['CONG_NGHE', 52, 3],
    ['TIN_HOC', 35, 2],
  ],
];

function secondary(number) {
  const mark = marksOf(number);
  const term = (regular) => ({
    regular: Array.from({ length: regular }, () => mark(40, 100)),
    midterm: mark(40, 100),
    final: mark(30, 100),
  });
  const passed = { regular: ['D', 'D'], midterm: 'D', final: 'D' };
  const subjects = [
    ...SCORE.map(([code, periodsPerYear, regular]) => {
      return { code, kind: 'score', periodsPerYear, HK1: term(regular), HK2: term(regular) };
    }),
    ...['GDTC', 'NGHE_THUAT', 'ND_GDDP', 'HDTN_HN'].map((code) => {
      return { code, kind: 'comment', periodsPerYear: 70, HK1: passed, HK2: passed };
    }),
  ];
  const summer =
    number % 10 === 0 ? { reassessment: { subjects: { TOAN: mark(35, 80) }, conduct: 'DAT' } } : {};
  const conduct = { HK1: 'TOT', HK2: number % 30 === 0 ? 'CHUA_DAT' : 'KHA' };
  return {
    id: `p${number}`,
    ruleSet: 'tt22-2021',
    grade: 8,
    subjects,
    conduct,
    absences: number % 50,
    ...summer,
  };
}

const PERIODS = ['GHK1', 'CHK1', 'GHK2', 'CN'];
const TESTED = {
  TIENG_VIET: 4,
  TOAN: 4,
  NGOAI_NGU_1: 2,
  LICH_SU_DIA_LI: 2,
  KHOA_HOC: 2,
  TIN_HOC: 2,
  CONG_NGHE: 2,
};
const UNTESTED = ['DAO_DUC', 'GDTC', 'AM_NHAC', 'MI_THUAT', 'HDTN'];
const QUALITIES = ['YEU_NUOC', 'NHAN_AI', 'CHAM_CHI', 'TRUNG_THUC', 'TRACH_NHIEM'];
const COMPETENCES = [
  ...['TU_CHU_TU_HOC', 'GIAO_TIEP_HOP_TAC', 'GIAI_QUYET_VAN_DE', 'NGON_NGU', 'TINH_TOAN', 'KHOA_HOC'],
  ...['CONG_NGHE', 'TIN_HOC', 'THAM_MI', 'THE_CHAT'],
];

function primary(number) {
  const mark = marksOf(number);
  const whole = () => mark(4, 9).replace('0.', '');
  const at = (periods, value) => Object.fromEntries(periods.map((period) => [period, value()]));
  const level = () => (number % 3 === 0 ? 'H' : 'T');
  const subjects = [
    ...Object.entries(TESTED).map(([code, tests]) => {
      const times = tests === 4 ? PERIODS : ['CHK1', 'CN'];
      return { code, levels: at(PERIODS, level), tests: at(times, whole) };
    }),
    ...UNTESTED.map((code) => ({ code, levels: at(PERIODS, level) })),
  ];
  const traits = (codes) => Object.fromEntries(codes.map((code) => [code, at(PERIODS, () => 'T')]));
  const again = number % 10 === 1 ? { additionalAssessment: { tests: { TOAN: { CN: '6' } } } } : {};
  return {
    ...{ id: `c${number}`, ruleSet: 'tt27-2020', grade: 4, subjects, ...again },
    ...{ qualities: traits(QUALITIES), competences: traits(COMPETENCES) },
    ...{ outstanding: number % 5 === 0, classRecognised: true },
  };
}
