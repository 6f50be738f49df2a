/** Asking witnesses: for cosignatures of a new checkpoint, and for the newest checkpoint each has seen. */
import { equal, fromUtf8 } from '../format/bytes.js';
import { parseConflict, formatAddCheckpoint } from '../format/add-checkpoint.js';
import { parseCheckpoint, type Checkpoint } from '../format/checkpoint.js';
import { checkCosignature } from '../format/cosignature.js';
import type { Crypto } from '../format/crypto.js';
import { parseNote, parseSignatureLines, type NoteSignature } from '../format/note.js';
import type { TileTree } from '../merkle/tile-tree.js';
import { LogError } from './errors.js';
import type { Witness } from './ports.js';

export interface Cosigned {
  readonly signatures: readonly NoteSignature[];
  /** Policy names of the witnesses that cosigned. */
  readonly names: ReadonlySet<string>;
  /** Why the others did not, in words for the log's health. */
  readonly failures: ReadonlyMap<string, string>;
}

/** A signed checkpoint on its way to the witnesses. */
export interface Offer {
  readonly text: string;
  /** The note with the log's signature. */
  readonly checkpoint: Uint8Array;
  /** The tree, to prove consistency from. */
  readonly tree: TileTree;
}

/** How many times a witness is asked with the size its conflict answer named, before we give up for this round. */
const ATTEMPTS = 3;

/**
 * Offers a checkpoint to all witnesses at once. A witness that fails, lies or is slow costs its own cosignature only.
 * `seen` remembers what each cosigned last, and is brought up to date.
 */
export async function collectCosignatures(
  witnesses: readonly Witness[],
  offer: Offer,
  seen: Map<string, number>,
  crypto: Crypto,
): Promise<Cosigned> {
  const signatures: NoteSignature[] = [];
  const names = new Set<string>();
  const failures = new Map<string, string>();
  const ask = async (witness: Witness): Promise<void> => {
    try {
      signatures.push(await askWitness(witness, offer, seen, crypto));
      names.add(witness.name);
    } catch (error) {
      failures.set(witness.name, error instanceof Error ? error.message : String(error));
    }
  };
  await Promise.all(witnesses.map(ask));
  return { signatures, names, failures };
}

async function askWitness(
  witness: Witness,
  { text, checkpoint, tree }: Offer,
  seen: Map<string, number>,
  crypto: Crypto,
): Promise<NoteSignature> {
  let old = Math.min(seen.get(witness.name) ?? 0, tree.size);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const hashes = await tree.proveConsistency(old);
    const { status, body } = await witness.addCheckpoint(formatAddCheckpoint({ old, hashes, checkpoint }));
    if (status === 200) {
      const signature = cosignatureIn(body, text, witness, crypto);
      seen.set(witness.name, tree.size);
      return signature;
    }
    const size = status === 409 ? parseConflict(body) : undefined;
    if (size === undefined) throw new Error(`answered ${String(status)}`);
    if (size > tree.size)
      throw new Error(`has seen ${String(size)} entries, more than the ${String(tree.size)} here`);
    old = size;
  }
  throw new Error(`answered 409 ${String(ATTEMPTS)} times`);
}

/** The witness' own good cosignature among the lines of its answer; lines of keys we do not know are ignored. */
function cosignatureIn(body: Uint8Array, text: string, { key }: Witness, crypto: Crypto): NoteSignature {
  const own = parseSignatureLines(fromUtf8(body)).find(
    ({ name, keyId }) => name === key.name && keyId === key.keyId,
  );
  if (own === undefined) throw new Error('answered without its own cosignature');
  if (checkCosignature(text, own, key, crypto) === undefined)
    throw new Error('answered with a bad cosignature');
  return own;
}

/**
 * Asks every witness for the newest checkpoint it has seen, and compares: a head that is ahead of our tree means an old
 * backup was put back (LogError WITNESS_AHEAD), one that contradicts it means a fork (LogError FORKED). Answers the
 * names of those that could be asked.
 */
export async function askHeads(
  witnesses: readonly Witness[],
  origin: string,
  tree: TileTree,
  crypto: Crypto,
): Promise<ReadonlySet<string>> {
  const heads = await Promise.allSettled(witnesses.map((witness) => headOf(witness, origin, crypto)));
  const answered = new Set<string>();
  for (const [i, head] of heads.entries()) {
    const name = (witnesses[i] as Witness).name;
    if (head.status === 'rejected') continue;
    if (head.value !== undefined) await compareHead(name, head.value, tree);
    answered.add(name);
  }
  return answered;
}

async function headOf(witness: Witness, origin: string, crypto: Crypto): Promise<Checkpoint | undefined> {
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
  return checkpoint;
}

async function compareHead(name: string, head: Checkpoint, tree: TileTree): Promise<void> {
  if (head.size > tree.size) {
    throw new LogError(
      'WITNESS_AHEAD',
      `witness ${name} has seen ${String(head.size)} entries and this store has ${String(tree.size)}: an old backup?`,
    );
  }
  const root = await tree.rootAt(head.size);
  if (!equal(root, head.root)) {
    throw new LogError('FORKED', `witness ${name} has seen another tree of ${String(head.size)} entries`);
  }
}
