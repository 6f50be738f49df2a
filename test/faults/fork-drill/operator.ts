/**
 * A process that operates a log in a folder: `operator.ts FOLDER POLICY|- BRANCH COUNT` appends COUNT events of BRANCH
 * and publishes them with the policy's witnesses ("-": it asks none). Prints "published <size>", or the error's code.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toBase64 } from '#ledger/format/bytes.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { ED25519 } from '#ledger/format/note.js';
import { parsePolicy } from '#ledger/format/policy.js';
import type { Witnessing } from '#ledger/log/ports.js';
import { openLogIn, readFolderKey } from '#ledger-node/folder-sequencer.js';
import { httpWitness } from '#ledger-node/http-witness.js';
import { openKeyFile } from '#ledger-node/key-file.js';

const [folder = '', policyFile = '', branch = '', count = '0'] = process.argv.slice(2);

function documentEvent(name: string): LeafDraft {
  const field = (part: string): string =>
    toBase64(new Uint8Array(createHash('sha256').update(`${name} ${part}`).digest()));
  return {
    type: 'document.event',
    body: { tag: field('tag'), kind: field('kind'), doc: field('doc'), cred: field('cred') },
  };
}

async function witnessingOf(path: string): Promise<Witnessing> {
  const policy = parsePolicy(new Uint8Array(await readFile(path)));
  const witnesses = policy.witnesses.map(({ name, key, url = '' }) => httpWitness({ name, key, url }));
  return { policy, witnesses };
}

try {
  const { name } = await readFolderKey(folder);
  const signer = await openKeyFile(join(folder, 'log.key'), name, ED25519, undefined);
  const log = await openLogIn(folder, {
    signer,
    kind: 'chain',
    clock: Date.now,
    ...(policyFile === '-' ? {} : { witnessing: await witnessingOf(policyFile) }),
  });
  log.store.add(
    Array.from({ length: Number(count) }, (_, i) => {
      const id = `${branch} ${String(Date.now())} ${String(i)}`;
      return { id, kind: 'leaf' as const, draft: documentEvent(id) };
    }),
  );
  const { published } = await log.sequencer.flush();
  console.log(`published ${String(published?.size ?? 0)}`);
  await log.close();
  process.exit(0);
} catch (error) {
  console.log(error instanceof Error && 'code' in error ? String(error.code) : String(error));
  process.exit(1);
}
