import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { LogError } from '#ledger/log/errors.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { documentEvent } from '../../ledger/test/logs.js';
import { ENGINE } from '../integration/engine.js';
import { FULL, figure } from './figures.js';
import { judge, placesIn, tagOf } from './log-judge.js';
import { BEFORE, databaseRig, folderRig, type LogRig } from './log-rigs.js';
import { KINDS, PortFaults, type Kind } from './port-faults.js';

/** Two commits, across the border of 256 entries. */
const GIVEN = Array.from({ length: 15 }, (_, i) => documentEvent(1000 + i));

/** An acknowledged entry: its id and index. */
type Acknowledged = Map<string, number>;

describe.each([
  ['a folder', folderRig],
  [`the application's database (${ENGINE})`, databaseRig],
])('R1: a failure at any call a log on %s makes of its host', (name, makeRig) => {
  jest.setTimeout(600_000);
  let rig: LogRig;
  let calls: readonly string[];
  beforeAll(async () => {
    rig = await makeRig();
    const faults = new PortFaults();
    expect(await problemsOf(rig, faults, await attempt(rig, faults))).toEqual([]);
    calls = faults.calls;
  });
  let tried = 0;
  let survived = 0;
  afterAll(async () => {
    figure({
      id: 'R1',
      what: `a log on ${name}: each call to its host fails, or is the last, before or after it is done`,
      value: `${String(survived)}/${String(tried)}`,
      bar: 'N/N',
      holds: survived === tried && tried > 0,
    });
    await rig.drop();
  });

  test('the calls tried are all that opening, sequencing, witnessing and publishing are made of', () => {
    expect([...new Set(calls)]).toEqual(
      expect.arrayContaining(
        ['readState', 'readStage', 'transaction', 'swapPublished', 'dropStage'].map(
          (call) => `store.${call}`,
        ),
      ),
    );
    expect(calls).toEqual(
      expect.arrayContaining([
        'transaction.insertEntries',
        'transaction.stage',
        'transaction.swapState',
        'tiles.writeTiles',
        'tiles.replaceCheckpoint',
        'witness.addCheckpoint',
        'witness.latest',
      ]),
    );
  });

  test('a log that was put back after it had published would be seen', async () => {
    await rig.reset();
    const faults = new PortFaults();
    const acknowledged = await attempt(rig, faults);
    await rig.reset();
    const problems = await problemsOf(rig, faults, new Map([...acknowledged, ['event-1', 5000]]));
    expect(problems).toContain('event-1, acknowledged at 5000, is not there');
    expect(problems.some((problem) => problem.endsWith('was signed: a fork'))).toBe(true);
  });

  test.each(KINDS)('%s: every entry once, at the index acknowledged, in one history', async (kind: Kind) => {
    const failed: string[] = [];
    const points = calls.map((_, i) => i).filter((i) => FULL || i % 12 === KINDS.indexOf(kind));
    for (const at of points) {
      await rig.reset();
      const faults = new PortFaults(at, kind);
      const problems = await problemsOf(rig, faults, await attempt(rig, faults));
      if (problems.length > 0)
        failed.push(`${kind} ${calls[at] ?? ''} (${String(at)}): ${problems.join('; ')}`);
    }
    tried += points.length;
    survived += points.length - failed.length;
    expect(failed).toEqual([]);
  });
});

/** Opens the log, gives entries in and sequences them, trying again a few times as a host does. */
async function attempt(rig: LogRig, faults: PortFaults): Promise<Acknowledged> {
  const acknowledged: Acknowledged = new Map();
  const options = await rig.options();
  await rig.give(GIVEN);
  let log: Sequencer | undefined;
  for (let tries = 0; tries < 6; tries++) {
    try {
      log ??= await Sequencer.open(faults.wrap(options));
      const { entries, quorum } = await log.flush();
      if (quorum) entries.forEach(({ id, seq }) => acknowledged.set(id, seq));
      if (tries > 3) await log.recosign();
    } catch (error) {
      if (!isOurs(error)) throw error;
    }
  }
  return acknowledged;
}

/** Whether an error is what a host sees of our faults: the fault itself, or a witness that did not answer. */
function isOurs(error: unknown): boolean {
  return (
    (error instanceof LogError && error.code === 'WITNESSES_UNREACHABLE') ||
    (error instanceof Error && /^EIO: |^the process has ended$/.test(error.message))
  );
}

/** What is wrong once a new process has opened the log and everything was given again that is not in it. */
async function problemsOf(rig: LogRig, faults: PortFaults, acknowledged: Acknowledged): Promise<string[]> {
  const options = await rig.options();
  const log = await Sequencer.open(options);
  const places = await placesIn(options.store);
  if (!rig.durableOutbox) await rig.give(GIVEN.filter((entry) => !places.has(tagOf(entry))));
  for (let i = 0; i < 4; i++) await log.flush();

  const { store } = options;
  return judge({
    store,
    tiles: rig.tiles,
    before: BEFORE,
    given: GIVEN,
    acknowledged,
    signed: faults.signed,
  });
}
