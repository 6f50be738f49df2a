/**
 * The keys of one log, as its own entries say (SPEC.md, "Keys"): log.opened names the first, key.added a further one,
 * key.retired ends one. All have the origin as their name; each signs checkpoints of certain sizes.
 */
import type { LeafDraft } from './leaf.js';
import { ED25519, formatVkey, parseVkey, sameKey, type VerifierKey } from './note.js';

/** A key and the sizes of the trees it signs: from `from` to `to`, both included; without `to` there is no end yet. */
export interface LogKey {
  readonly key: VerifierKey;
  readonly from: number;
  /** Below `from` when the key was taken back altogether: then it signs nothing. */
  readonly to?: number;
}

/** A leaf and its index. */
export type PlacedLeaf = LeafDraft & { readonly seq: number };

/** Whether an entry may tell of keys, without reading it as a leaf: a leaf's type stands in it in the clear. */
export function tellsOfKeys(entry: Uint8Array): boolean {
  return /"type":"(log\.opened|key\.)/.test(new TextDecoder().decode(entry));
}

/** Whether the key signs trees of `size` entries. */
export function isInForce({ from, to }: LogKey, size: number): boolean {
  return size >= from && (to === undefined || size <= to);
}

/** Whether a log of `size` entries is closed: none of its keys signs a larger tree. */
export function isClosed(keys: readonly LogKey[], size: number): boolean {
  return keys.length > 0 && !keys.some((key) => isInForce(key, size + 1));
}

/** The keys after the entry `leaf`, and what is wrong with what it says about them; leaves of other types change nothing. */
export function keysAfter(
  keys: readonly LogKey[],
  leaf: PlacedLeaf,
): { readonly keys: readonly LogKey[]; readonly problem?: string } {
  if (leaf.type === 'log.opened') {
    return { keys: leaf.seq === 0 ? [{ key: parseVkey(leaf.body.vkey), from: 0 }] : keys };
  }
  if (leaf.type === 'key.added' && 'vkey' in leaf.body) return added(keys, leaf.body.vkey, leaf.seq);
  if (leaf.type === 'key.retired' && 'vkey' in leaf.body) {
    return retired(keys, leaf.body.vkey, leaf.body.invalidFrom, leaf.seq);
  }
  return { keys };
}

type Step = ReturnType<typeof keysAfter>;

function added(keys: readonly LogKey[], vkey: string, seq: number): Step {
  const key = parseVkey(vkey);
  if (key.type !== ED25519) return { keys, problem: `adds ${vkey}, which is no key of a log` };
  if (keys[0] !== undefined && key.name !== keys[0].key.name) {
    return { keys, problem: `adds ${vkey}, which has another name than the log` };
  }
  if (keys.some((known) => sameKey(known.key, key))) return { keys, problem: `adds ${vkey} a second time` };
  return { keys: [...keys, { key, from: seq + 1 }] };
}

function retired(keys: readonly LogKey[], vkey: string, invalidFrom: number, seq: number): Step {
  const now = seq + 1;
  const known = keys.find(({ key }) => formatVkey(key) === vkey);
  if (known === undefined) return { keys, problem: `retires ${vkey}, which the log does not have` };
  if (invalidFrom > now) {
    return { keys, problem: `retires ${vkey} after size ${String(invalidFrom)}, which is not reached` };
  }
  if (known.to !== undefined && invalidFrom >= known.to) {
    return { keys, problem: `retires ${vkey}, which is retired after size ${String(known.to)} already` };
  }
  const after = keys.map((other) => (other === known ? { ...known, to: invalidFrom } : other));
  // Into the past only beside a key that goes on: otherwise nobody could have signed the tree that says so.
  if (!after.some((key) => isInForce(key, now))) {
    return { keys: after, problem: `retires ${vkey} into the past, and no other key signs this entry` };
  }
  return { keys: after };
}
