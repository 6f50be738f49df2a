import { cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { toBase64 } from '#ledger/format/bytes.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { documentEvent, ORIGIN, START } from '../../ledger/test/logs.js';
import { FULL, figure } from './figures.js';
import { judge, placesIn, tagOf } from './log-judge.js';
import { BEFORE, openDatabaseLog, outboxRow, SCHOOL } from './log-rigs.js';
import {
  aimAt,
  callMet,
  describeUnderStrace,
  needsRoom,
  runTraced,
  type Aim,
  type Call,
  type TracedRun,
} from './strace.js';

const NAMES = fileURLToPath(new URL('./steady-names.mjs', import.meta.url));
const COMMAND = fileURLToPath(new URL('./database-append.mjs', import.meta.url));
/** Two commits, across the border of 256 entries. */
const GIVEN = Array.from({ length: 15 }, (_, i) => documentEvent(1000 + i));
/** How many points the short form tries of each kind of fault. */
const SHORT = 8;
/** Calls that change or read files; what only asks about them is left alone. */
const TRIED = [
  ...['openat', 'mkdir', 'rename', 'link', 'unlink', 'fsync', 'fdatasync', 'ftruncate', 'close'],
  ...['read', 'pread64', 'write', 'pwrite64'],
];

describeUnderStrace(
  "R1: a crash at any system call of the application's way from outbox to checkpoint",
  () => {
    jest.setTimeout(3_600_000);
    let scratch: string;
    let folder: string;
    let all: readonly Call[];
    let points: Call[];
    beforeAll(async () => {
      scratch = await realpath(await mkdtemp(join(tmpdir(), 'socai-database-faults-')));
      folder = join(scratch, 'data');
      await mkdir(join(scratch, 'template'));
      await (await openDatabaseLog(join(scratch, 'template'))).close();
      const run = await append();
      expect([run.status, acknowledged(run).size]).toEqual([0, GIVEN.length]);
      expect(await problems(run)).toEqual([]);
      all = run.calls;
      const begin = all.findIndex(
        ({ name, files }) => name === 'pwrite64' && files.includes('socai.sqlite-wal'),
      );
      points = all.slice(begin).filter((call) => TRIED.includes(call.name) && aimAt(call, all) !== undefined);
    });
    afterAll(() => rm(scratch, { recursive: true, force: true }));

    async function append(aim?: Aim, how?: string): Promise<TracedRun> {
      await rm(folder, { recursive: true, force: true });
      await cp(join(scratch, 'template'), folder, { recursive: true });
      const seed = toBase64(new Uint8Array(32).fill(1));
      return runTraced(
        {
          args: ['--import', NAMES, COMMAND, folder, SCHOOL, ORIGIN, seed, String(START)],
          stdin: JSON.stringify(GIVEN.map(outboxRow)),
          folder,
          traceFile: join(scratch, 'trace'),
        },
        aim,
        how,
      );
    }

    /** What is wrong once a new process has opened the data folder and sequenced what waits. */
    async function problems(run: TracedRun): Promise<string[]> {
      const opened = await openDatabaseLog(folder);
      const { options } = opened;
      try {
        const tiles = new FolderTileStore(join(folder, 'log'));
        const served = await tiles.readCheckpoint();
        const log = await Sequencer.open(options);
        for (let i = 0; i < 4; i++) await log.flush();
        // A unit of work that was not said to be committed is there as a whole or not at all.
        const places = await placesIn(options.store);
        const committed = run.stdout.startsWith('given\n') || GIVEN.some((entry) => places.has(tagOf(entry)));
        const signed = [run.trace.replaceAll('\\n', '\n'), new TextDecoder().decode(served)];
        const given = committed ? GIVEN : [];
        return await judge({
          store: options.store,
          tiles,
          before: BEFORE,
          given,
          acknowledged: acknowledged(run),
          signed,
        });
      } finally {
        await opened.close();
      }
    }

    test('the calls tried are those of the database and of the files it publishes', () => {
      const seen = points.flatMap(({ name, files }) => files.map((file) => `${name} ${file}`));
      expect(seen).toEqual(
        expect.arrayContaining([
          'pwrite64 socai.sqlite-wal',
          'fsync socai.sqlite-wal',
          'rename log/checkpoint',
        ]),
      );
    });

    test('an outbox that was lost after it was committed would be seen', async () => {
      const run = await append();
      await rm(folder, { recursive: true });
      await cp(join(scratch, 'template'), folder, { recursive: true });
      expect(await problems(run)).toContain(`${GIVEN[0]?.id ?? ''} is there 0 times`);
    });

    test.each(['SIGKILL', 'EIO', 'ENOSPC'])(
      '%s: nothing given or acknowledged is lost, nothing forks',
      async (how) => {
        const possible = how === 'ENOSPC' ? points.filter(needsRoom) : points;
        const step = FULL ? 1 : Math.ceil(possible.length / SHORT);
        const tried = possible.filter((_, i) => i % step === (how === 'EIO' ? step - 1 : 0));
        const failed: string[] = [];
        for (const call of tried) {
          const aim = aimAt(call, all) as Aim;
          const run = await append(aim, how);
          callMet(run, aim);
          const wrong = await problems(run).catch((error: unknown) => [String(error)]);
          if (wrong.length > 0)
            failed.push(
              `${call.name} ${call.files.join(' ')} (${String(call.ordinal)}): ${wrong.slice(0, 3).join('; ')}`,
            );
        }
        figure({
          id: how === 'ENOSPC' ? 'R4' : 'R1',
          what: `${how} at a system call of the application's outbox, SQLite, tiles and checkpoint`,
          value: `${String(tried.length - failed.length)}/${String(tried.length)}`,
          bar: 'N/N',
          holds: failed.length === 0 && tried.length > 0,
        });
        expect(failed).toEqual([]);
      },
    );
  },
);

/** What the command said is published: id and index. */
function acknowledged({ stdout }: TracedRun): Map<string, number> {
  const lines = stdout.split('\n').filter((line) => line !== '' && line !== 'given');
  return new Map(lines.map((line) => line.split(' ')).map(([id = '', seq = '']) => [id, Number(seq)]));
}
