/**
 * A witness' process that kills itself (SIGKILL) at one moment of the first request it would cosign:
 * `dying-witness.ts FOLDER before|after|never`, before or after the new checkpoint is stored. Prints its address.
 */
import { logSigner } from './logs.js';
import { witnessSigner } from './witness-key.js';
import { startWitnessServer } from '#ledger-node/witness-server.js';
import { FolderWitnessStore } from '#ledger-node/witness-store.js';

const [folder = '', moment = 'never'] = process.argv.slice(2);
const store = await FolderWitnessStore.open(folder);
const swap = store.swap.bind(store);
store.swap = async (...args) => {
  if (moment === 'before') process.kill(process.pid, 'SIGKILL');
  const done = await swap(...args);
  if (moment === 'after') process.kill(process.pid, 'SIGKILL');
  return done;
};
const { url } = await startWitnessServer({ store, signer: witnessSigner, logs: [logSigner], port: 0 });
process.stdout.write(`${url}\n`);
