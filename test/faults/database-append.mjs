// The application's way from an outbox in its database to a published checkpoint, as a process that can be killed: gives
// the document events of standard input in, in one unit of work, and prints "given", then "<id> <index>" for each once
// it is under a published checkpoint. An error is tried again, as the application does.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openDatabase } from '#api/database/data-source.js';
import { DatabaseLogStore } from '#api/ledger-host/database-log-store.js';
import { LedgerOutboxRow } from '#api/ledger-host/ledger.entities.js';
import { fromBase64 } from '#ledger/format/bytes.js';
import { ED25519, seedSigner } from '#ledger/format/note.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';

const [folder, schoolId, origin, seed, now] = process.argv.slice(2);
const TRIES = 4;

/** Does `work` again when it fails, a few times. */
async function persistently(work) {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      process.stderr.write(`${error}\n`);
      if (tries === TRIES) throw error;
    }
  }
}

const { database, close } = await openDatabase({ engine: 'sqlite', file: join(folder, 'socai.sqlite') });
const options = {
  signer: seedSigner(origin, ED25519, fromBase64(seed)),
  kind: 'chain',
  store: new DatabaseLogStore(database, schoolId),
  tiles: new FolderTileStore(join(folder, 'log')),
  clock: () => Number(now),
  random: (length) => new Uint8Array(randomBytes(length)),
  crypto: nodeCrypto,
  maxBatch: 10,
};
const rows = JSON.parse(await text(process.stdin));
process.stderr.write('begin\n');
// Whether a unit of work that failed was committed is for its caller to find out: here, for the test.
await database
  .write((tx) => tx.insert(LedgerOutboxRow, rows))
  .then(() => process.stdout.write('given\n'))
  .catch((error) => process.stderr.write(`${error}\n`));
const log = await persistently(() => Sequencer.open(options));
for (;;) {
  const { entries } = await persistently(() => log.flush());
  for (const { id, seq } of entries) process.stdout.write(`${id} ${seq}\n`);
  if (entries.length === 0) break;
}
await close();
