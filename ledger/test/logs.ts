/** A school's log in memory with its key, clock, randomness and witnesses, as the tests of log/ need it. */
import { createHash } from 'node:crypto';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { COSIGNATURE_ED25519, ED25519, seedSigner } from '#ledger/format/note.js';
import type { Policy } from '#ledger/format/policy.js';
import type { LogOptions } from '#ledger/log/options.js';
import type { PendingEntry, Witness } from '#ledger/log/ports.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { localWitness, type WitnessOptions } from '#ledger/log/witness.js';
import { MemoryStore, MemoryTiles, MemoryWitnessStore } from './memory-store.js';

export const ORIGIN = 'demo.so-cai.example/th-ben-tram';
export const START = Date.parse('2026-11-21T03:00:00.000Z');
export const logSigner = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(1));

/** Random bytes that a seed repeats. */
export function seededRandom(seed: string): (length: number) => Uint8Array {
  let counter = 0;
  return (length) => {
    const bytes = createHash('sha512')
      .update(`${seed} ${String(counter++)}`)
      .digest();
    return new Uint8Array(bytes.subarray(0, length));
  };
}

/** A document event that only its number tells from others. */
export function documentEvent(number: number): PendingEntry {
  const field = (name: string): string =>
    toBase64(
      new Uint8Array(
        createHash('sha256')
          .update(`${name} ${String(number)}`)
          .digest(),
      ),
    );
  const body = { tag: field('tag'), kind: field('kind'), doc: field('doc'), cred: field('cred') };
  return { id: `event-${String(number)}`, kind: 'leaf', draft: { type: 'document.event', body } };
}

export function rawEntry(text: string): PendingEntry {
  return { id: text, kind: 'raw', entry: utf8(text) };
}

export interface TestWitness {
  readonly options: WitnessOptions;
  readonly store: MemoryWitnessStore;
  readonly client: Witness;
}

/** A witness of ORIGIN's log in this process. */
export function testWitness(number: number): TestWitness {
  const name = `w${String(number)}`;
  const signer = seedSigner(
    `${name}.example/witness`,
    COSIGNATURE_ED25519,
    new Uint8Array(32).fill(100 + number),
  );
  const store = new MemoryWitnessStore();
  const options = { signer, logs: [logSigner], store, clock: () => START };
  return { options, store, client: localWitness(name, options) };
}

/** The policy "k of these witnesses" for ORIGIN's log. */
export function policyOf(witnesses: readonly TestWitness[], k: number): Policy {
  const members = witnesses.map(({ client }) => client.name);
  return {
    logs: [{ key: logSigner }],
    witnesses: witnesses.map(({ client }) => ({ name: client.name, key: client.key })),
    groups: [{ name: 'enough', rule: k, members }],
    quorum: 'enough',
  };
}

export interface TestLog {
  readonly store: MemoryStore;
  readonly tiles: MemoryTiles;
  readonly options: LogOptions;
  readonly open: () => Promise<Sequencer>;
}

/** A new log over memory; `changes` replaces parts of its options. */
export function testLog(changes: Partial<LogOptions> = {}): TestLog {
  const store = new MemoryStore();
  const tiles = new MemoryTiles();
  const options: LogOptions = {
    signer: logSigner,
    kind: 'chain',
    store,
    tiles,
    clock: () => START,
    random: seededRandom('log'),
    ...changes,
  };
  return { store, tiles, options, open: () => Sequencer.open(options) };
}
