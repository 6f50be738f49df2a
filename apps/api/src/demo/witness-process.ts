/**
 * A demo witness in a process of its own: own key, own memory, the machine's clock. It ends when the process that
 * started it does, however that ends: its standard input closes.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { formatVkey } from '#ledger/format/note.js';
import { LogError } from '#ledger/log/errors.js';
import { systemCode } from '#ledger-node/durable-files.js';
import { createWitness, openWitness, witnessState, witnessTrust } from '#ledger-node/witness-folder.js';
import { LogList } from '#ledger-node/witness-logs.js';
import {
  startWitnessServer,
  type WitnessServer,
  type WitnessServerOptions,
} from '#ledger-node/witness-server.js';
import {
  addressFile,
  WITNESS_RUNS_ELSEWHERE,
  type DemoWitnessAddress,
  type DemoWitnessOrder,
} from './demo-witnesses.js';

const lines = createInterface({ input: process.stdin });
// Ctrl-C reaches the whole group of processes; the logs still want cosignatures while they stop.
process.on('SIGINT', () => undefined);

try {
  const order = await new Promise<DemoWitnessOrder>((resolve) =>
    lines.once('line', (line) => resolve(JSON.parse(line) as DemoWitnessOrder)),
  );
  const { folder, name, passphrase } = order;
  await createWitness(folder, name, passphrase);
  const signer = await openWitness(folder, name, passphrase);
  const logs = LogList.ofTrust(
    { place: order.trust, roots: order.roots, memory: witnessTrust(folder), clock: Date.now },
    complain,
  );
  const options = { store: witnessState(folder), signer, logs: logs.find, onError: complain };
  const server = await start(options, folder);
  const address: DemoWitnessAddress = { url: server.url, vkey: formatVkey(signer) };
  await writeFile(`${addressFile(folder)}.new`, JSON.stringify(address));
  await rename(`${addressFile(folder)}.new`, addressFile(folder));
  process.stdout.write(`${JSON.stringify(address)}\n`);
  const stop = () => void server.close().then(() => process.exit(0));
  lines.once('close', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  if (error instanceof LogError && error.code === 'LOCKED') process.exit(WITNESS_RUNS_ELSEWHERE);
  complain(error);
  process.exit(1);
}

/** Under the address it had before, when that is free: those who know it need not be told another. */
async function start(options: Omit<WitnessServerOptions, 'port'>, folder: string): Promise<WitnessServer> {
  const before = await readFile(addressFile(folder), 'utf8')
    .then((text) => Number(new URL((JSON.parse(text) as DemoWitnessAddress).url).port))
    .catch(() => 0);
  try {
    return await startWitnessServer({ ...options, port: before });
  } catch (error) {
    if (systemCode(error) !== 'EADDRINUSE') throw error;
    return startWitnessServer({ ...options, port: 0 });
  }
}

function complain(error: unknown): void {
  // Before the first school there is no trust bundle, and no log to know.
  if (systemCode(error) !== 'ENOENT') process.stderr.write(`demo witness: ${String(error)}\n`);
}
