/** What a page makes of proofs and logs: the ledger's verifier as it is, in a browser, without a server. */
import { fromBase64 } from '../../../ledger/src/format/bytes.js';
import { parseVkey } from '../../../ledger/src/format/note.js';
import { parsePolicy } from '../../../ledger/src/format/policy.js';
import { checkCheckpoint } from '../../../ledger/src/verify/checkpoint.js';
import { VerifyError } from '../../../ledger/src/verify/errors.js';
import { fsck, type Finding } from '../../../ledger/src/verify/fsck.js';
import { checkOlderPartials } from '../../../ledger/src/verify/older-partials.js';
import { checkProof } from '../../../ledger/src/verify/proof.js';

/** "ok" and what is proven, or the code of the step that does not hold. All arguments are base64. */
function judgeProof(proof: string, entry: string, policy: string): string {
  try {
    const checked = checkProof(fromBase64(proof), fromBase64(entry), parsePolicy(fromBase64(policy)));
    return `ok ${String(checked.index)} of ${String(checked.size)}`;
  } catch (error) {
    if (error instanceof VerifyError) return error.code;
    throw error;
  }
}

/** What is wrong with a log, a line each; the files are base64 by path. */
async function judgeLog(
  files: Readonly<Record<string, string>>,
  vkey: string,
  policy: string,
): Promise<string[]> {
  const found: Finding[] = [];
  const readTile = (path: string): Promise<Uint8Array | undefined> => {
    const file = files[path];
    return Promise.resolve(file === undefined ? undefined : fromBase64(file));
  };
  const log = { readTile, readCheckpoint: () => readTile('checkpoint') };
  const key = parseVkey(vkey);
  const onFinding = (finding: Finding): void => void found.push(finding);
  const checkpoint = await fsck(log, key, { onFinding });
  if (checkpoint !== undefined) {
    if (!found.some(({ where }) => where === 'checkpoint')) {
      try {
        const bytes = (await log.readCheckpoint()) ?? new Uint8Array();
        checkCheckpoint(bytes, { ...parsePolicy(fromBase64(policy)), logs: [{ key }] });
      } catch (error) {
        if (!(error instanceof VerifyError)) throw error;
        onFinding({ code: 'CHECKPOINT_SIGNATURE', where: 'checkpoint', detail: error.message });
      }
    }
    await checkOlderPartials(log, pathsOf(files), checkpoint.size, found, onFinding);
  }
  return found.map(({ code, where }) => `${code} ${where}`);
}

async function* pathsOf(files: Readonly<Record<string, string>>): AsyncGenerator<string> {
  yield* Object.keys(files);
}

Object.assign(globalThis, { judgeProof, judgeLog });
