import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parseLeaf, type LeafDraft } from '#ledger/format/leaf.js';
import { toBase64 } from '#ledger/format/bytes.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { LogError } from '#ledger/log/errors.js';
import type { LogStore } from '#ledger/log/ports.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { fsck } from '#ledger/verify/fsck.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { documentEvent, logSigner, ORIGIN } from '../../ledger/test/logs.js';
import { ENGINE } from '../integration/engine.js';
import { FULL, figure } from './figures.js';
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

  const problems: string[] = [];
  const onFinding = (finding: unknown) => problems.push(`fsck: ${JSON.stringify(finding)}`);
  await fsck(rig.tiles, logSigner, { crypto: nodeCrypto, onFinding });
  const after = await placesIn(options.store);
  const { size, root, published } = await options.store.readState();
  if (published?.size !== size || size !== BEFORE + GIVEN.length)
    problems.push(`${String(size)} entries, of which ${String(published?.size)} are public`);
  for (const entry of GIVEN) {
    const seqs = after.get(tagOf(entry)) ?? [];
    if (seqs.length !== 1) problems.push(`${entry.id} is there ${String(seqs.length)} times`);
  }
  for (const [id, seq] of acknowledged) {
    const entry = GIVEN.find((given) => given.id === id);
    if (entry === undefined || after.get(tagOf(entry))?.[0] !== seq)
      problems.push(`${id}, acknowledged at ${String(seq)}, is not there`);
  }
  const tree = new TileTree(size, root, rig.tiles, nodeCrypto.sha256);
  for (const text of new Set(faults.signed)) problems.push(...(await forksIn(text, tree)));
  return problems;
}

/** Signed checkpoints in a text (a checkpoint, a request to a witness) that are not of this tree. */
async function forksIn(text: string, tree: TileTree): Promise<string[]> {
  const forks: string[] = [];
  for (const [, size = '', root = ''] of text.matchAll(
    new RegExp(`^${ORIGIN}\n(\\d+)\n([\\w+/]{43}=)\n`, 'gm'),
  )) {
    if (Number(size) > tree.size || toBase64(await tree.rootAt(Number(size))) !== root)
      forks.push(`a checkpoint of ${size} entries with root ${root} was signed: a fork`);
  }
  return forks;
}

/** Where each document event is, by its tag. */
async function placesIn(store: LogStore): Promise<Map<string, number[]>> {
  const { size } = await store.readState();
  const places = new Map<string, number[]>();
  for (const [seq, entry] of (await store.readEntries(0, size)).entries()) {
    const leaf = parseLeaf(entry);
    if (leaf.type !== 'document.event') continue;
    places.set(leaf.body.tag, [...(places.get(leaf.body.tag) ?? []), seq]);
  }
  return places;
}

function tagOf(entry: (typeof GIVEN)[number]): string {
  const draft = (entry as { draft: LeafDraft }).draft;
  return (draft.body as { tag: string }).tag;
}
