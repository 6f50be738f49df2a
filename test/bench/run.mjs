// `npm run bench [-- P1 P2 P3 P4 P7 P8 growth]`: how fast the ledger, issuing and the circulars are, each figure beside its peer or limit,
// which runs here and now, with the hardware. Without ids: all but growth. Ends with 1 when a goal is missed.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ready, ROOT } from '../../apps/cli/launch/ready.mjs';
import { hardware } from '../hardware.mjs';

/**
 * @typedef {object} Figure
 * @property {string} id
 * @property {string} work What was done.
 * @property {readonly string[]} lines What was measured, with units.
 * @property {number} [ratio] To the peer or limit named in `goal`.
 * @property {string} [goal] Left out: for information.
 * @property {boolean} holds
 */

/** @type {Record<string, () => Promise<{ measure(scratch: string): Promise<Figure> }>>} */
const FIGURES = {
  P1: () => import('./p1-append.mjs'),
  P2: () => import('./p2-fsck.mjs'),
  P3: () => import('./p3-proof.mjs'),
  P4: () => import('./p4-issue.mjs'),
  P7: () => import('./p7-evaluate.mjs'),
  P8: () => import('./p8-verify.mjs'),
  GROWTH: () => import('./growth.mjs'),
};

const asked = process.argv.slice(2).map((id) => id.toUpperCase());
const ids = asked.length === 0 ? ['P1', 'P2', 'P3', 'P4', 'P7', 'P8'] : asked;
const unknown = ids.filter((id) => !Object.hasOwn(FIGURES, id));
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}: there are P1, P2, P3, P4, P7, P8 and growth.`);
  process.exit(2);
}

await ready();
// Not the system's temporary folder: that may be memory, which is synced in no time.
const data = join(ROOT, 'data');
mkdirSync(data, { recursive: true });
const scratch = mkdtempSync(join(data, 'bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

let missed = 0;
for (const id of ids) {
  const { measure } = await FIGURES[id]();
  const figure = await measure(scratch);
  if (!figure.holds) missed += 1;
  print(figure);
}
console.log(hardware(scratch));
process.exit(missed === 0 ? 0 : 1);

/** @param {Figure} figure */
function print({ id, work, lines, ratio, goal, holds }) {
  console.log(`${id}  ${work}`);
  for (const line of lines) console.log(`    ${line}`);
  if (goal !== undefined)
    console.log(`    ratio ${ratio.toFixed(2)} · goal ${goal} · ${holds ? 'holds' : 'DOES NOT HOLD'}`);
  console.log('');
}
