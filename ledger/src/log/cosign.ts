/** Asking witnesses: for cosignatures of a new checkpoint, and for the newest checkpoint each has seen. */
import { equal, fromUtf8 } from '../format/bytes.js';
import { parseConflict, formatAddCheckpoint } from '../format/add-checkpoint.js';
import { parseCheckpoint, type Checkpoint } from '../format/checkpoint.js';
import { checkCosignature } from '../format/cosignature.js';
import type { Crypto } from '../format/crypto.js';
import {
  checkNoteSignature,
  parseNote,
  parseSignatureLines,
  type NoteSignature,
  type VerifierKey,
} from '../format/note.js';
import { quorumHolds } from '../format/policy.js';
import { MerkleError } from '../merkle/errors.js';
import type { TileTree } from '../merkle/tile-tree.js';
import { LogError } from './errors.js';
import type { Witness, Witnessing } from './ports.js';

export interface Cosigned {
  readonly signatures: readonly NoteSignature[];
  /** Policy names of the witnesses that cosigned, each with the time it states, in seconds since 1970. */
  readonly times: ReadonlyMap<string, number>;
  /** Why the others did not, in words for the log's health. */
  readonly failures: ReadonlyMap<string, string>;
}

/** The log that witnesses are asked about. */
export interface WitnessedLog {
  readonly origin: string;
  /** Every key that may have signed a checkpoint of it. */
  readonly keys: readonly VerifierKey[];
  readonly crypto: Crypto;
}

/** A signed checkpoint on its way to the witnesses. */
export interface Offer extends WitnessedLog {
  readonly text: string;
  /** The note with the log's signatures. */
  readonly checkpoint: Uint8Array;
  /** The tree, to prove consistency from. */
  readonly tree: TileTree;
}

/** How many times a witness is asked with the size its conflict answer named, before we give up for this round. */
const ATTEMPTS = 3;

/**
 * Offers a checkpoint to all witnesses at once. A witness that fails, lies or is slow costs its own cosignature only:
 * once the policy's quorum has cosigned, the others have the host's `grace` left. A witness that holds another tree of
 * this log, signed by it, is no failure of the witness: LogError FORKED. `seen` remembers what each cosigned last, and
 * is brought up to date, by those too that answer later.
 */
export async function collectCosignatures(
  { policy, witnesses, grace }: Witnessing,
  offer: Offer,
  seen: Map<string, number>,
): Promise<Cosigned> {
  const cosigned = new Map<string, { readonly signature: NoteSignature; readonly time: number }>();
  const failures = new Map<string, string>();
  let quorum: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    quorum = resolve;
  });
  const look = (): void => {
    if (quorumHolds(policy, new Set(cosigned.keys()))) quorum();
  };
  const ask = async (witness: Witness): Promise<void> => {
    try {
      cosigned.set(witness.name, await askWitness(witness, offer, seen));
      look();
    } catch (error) {
      if (error instanceof LogError) throw error;
      failures.set(witness.name, error instanceof Error ? error.message : String(error));
    }
  };
  const all = Promise.all(witnesses.map(ask));
  look();
  await (grace === undefined ? all : Promise.race([all, reached.then(grace)]));
  // Whoever answers from now on is too late for this checkpoint; nobody listens to how it went.
  all.catch(() => undefined);
  return {
    signatures: [...cosigned.values()].map(({ signature }) => signature),
    times: new Map([...cosigned].map(([name, { time }]) => [name, time])),
    failures: new Map(
      witnesses
        .filter(({ name }) => !cosigned.has(name))
        .map(({ name }) => [name, failures.get(name) ?? 'has not answered yet']),
    ),
  };
}

async function askWitness(
  witness: Witness,
  offer: Offer,
  seen: Map<string, number>,
): Promise<{ readonly signature: NoteSignature; readonly time: number }> {
  const { text, checkpoint, tree, crypto } = offer;
  let old = Math.min(seen.get(witness.name) ?? 0, tree.size);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const hashes = await tree.proveConsistency(old);
    const { status, body } = await witness.addCheckpoint(formatAddCheckpoint({ old, hashes, checkpoint }));
    if (status === 200) {
      const answer = cosignatureIn(body, text, witness, crypto);
      seen.set(witness.name, Math.max(tree.size, seen.get(witness.name) ?? 0));
      return answer;
    }
    if (status !== 409 && status !== 422) throw new Error(`answered ${String(status)}`);
    // The body of a conflict is nobody's word, and may be empty: the witness' own newest checkpoint tells.
    const named = status === 409 ? parseConflict(body) : undefined;
    const next = named !== undefined && named <= tree.size ? named : await sizeAt(witness, offer, status);
    seen.set(witness.name, next);
    old = next;
  }
  throw new Error(`answered 409 ${String(ATTEMPTS)} times`);
}

/** The size of the witness' newest checkpoint, when the tree continues it and it is a reason to ask again. */
async function sizeAt(witness: Witness, offer: Offer, status: number): Promise<number> {
  const head = await headOf(witness, offer);
  if (head !== undefined && head.size > offer.tree.size) {
    throw new Error(
      `has seen ${String(head.size)} entries, more than the ${String(offer.tree.size)} offered here`,
    );
  }
  if (head !== undefined) await compareHead(witness.name, head, offer.tree);
  if (status !== 409) throw new Error(`answered ${String(status)}`);
  return head?.size ?? 0;
}

/** The witness' own good cosignature among the lines of its answer; lines of keys we do not know are ignored. */
function cosignatureIn(
  body: Uint8Array,
  text: string,
  { key }: Witness,
  crypto: Crypto,
): { readonly signature: NoteSignature; readonly time: number } {
  const own = parseSignatureLines(fromUtf8(body)).find(
    ({ name, keyId }) => name === key.name && keyId === key.keyId,
  );
  if (own === undefined) throw new Error('answered without its own cosignature');
  const time = checkCosignature(text, own, key, crypto);
  if (time === undefined) throw new Error('answered with a bad cosignature');
  return { signature: own, time };
}

/**
 * Asks every witness for the newest checkpoint it has seen, and compares: a head that is ahead of our tree means an old
 * backup was put back (LogError WITNESS_AHEAD), one that contradicts it means a fork (LogError FORKED). Both count only
 * when the log itself signed the head: no witness can stop a log alone. Answers the names of those that could be asked.
 */
export async function askHeads(
  witnesses: readonly Witness[],
  log: WitnessedLog,
  tree: TileTree,
): Promise<ReadonlySet<string>> {
  const heads = await Promise.allSettled(
    witnesses.map(async (witness) => {
      const head = await headOf(witness, log);
      if (head !== undefined) await compareHead(witness.name, head, tree);
    }),
  );
  const answered = new Set<string>();
  for (const [i, head] of heads.entries()) {
    if (head.status === 'fulfilled') answered.add((witnesses[i] as Witness).name);
    // A MerkleError is of our own tiles: nothing that a witness answers makes one.
    else if (head.reason instanceof LogError || head.reason instanceof MerkleError) throw head.reason;
  }
  return answered;
}

interface Head extends Checkpoint {
  /** Whether a key of the log signed it: else it is only the witness' word. */
  readonly signedByLog: boolean;
}

async function headOf(witness: Witness, { origin, keys, crypto }: WitnessedLog): Promise<Head | undefined> {
  const bytes = await witness.latest(origin);
  if (bytes === undefined) return undefined;
  const note = parseNote(bytes);
  const checkpoint = parseCheckpoint(note.text);
  const { key } = witness;
  const own = note.signatures.find(({ name, keyId }) => name === key.name && keyId === key.keyId);
  // What is not the witness' own word about this log says nothing.
  if (
    checkpoint.origin !== origin ||
    own === undefined ||
    checkCosignature(note.text, own, key, crypto) === undefined
  ) {
    throw new Error('answered with a checkpoint it did not cosign');
  }
  const signedByLog = keys.some((logKey) =>
    note.signatures.some(
      (signature) =>
        signature.name === logKey.name &&
        signature.keyId === logKey.keyId &&
        checkNoteSignature(note.text, signature, logKey, crypto),
    ),
  );
  return { ...checkpoint, signedByLog };
}

async function compareHead(name: string, head: Head, tree: TileTree): Promise<void> {
  const ahead = head.size > tree.size;
  if (!ahead && equal(await tree.rootAt(head.size), head.root)) return;
  if (!head.signedByLog) throw new Error('answered with a checkpoint that the log did not sign');
  if (ahead) {
    throw new LogError(
      'WITNESS_AHEAD',
      `witness ${name} has seen ${String(head.size)} entries and this store has ${String(tree.size)}: an old backup?`,
    );
  }
  throw new LogError('FORKED', `witness ${name} has seen another tree of ${String(head.size)} entries`);
}
