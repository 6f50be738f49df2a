/** A fault in one call that a sequencer makes of its host: the call fails, or the process ends there. */
import type { LogOptions } from '#ledger/log/options.js';
import type { LogStore, TileStore, Witness } from '#ledger/log/ports.js';

/** "fails": an error once. "dies": this call and every later one fail; whoever goes on is a new process. */
export const KINDS = ['fails before', 'fails after', 'dies before', 'dies after'] as const;
export type Kind = (typeof KINDS)[number];

export class PortFaults {
  /** The calls made, in order: "store.readState". */
  readonly calls: string[] = [];
  /** Every text handed to the host that may hold a signed checkpoint. */
  readonly signed: string[] = [];
  private dead = false;

  /** @param at index of the call to hit; none to count only */
  constructor(
    private readonly at = -1,
    private readonly kind: Kind = 'fails before',
  ) {}

  /** The same options, every call of theirs through this. */
  wrap(options: LogOptions): LogOptions {
    const { witnessing } = options;
    const transaction: LogStore['transaction'] = (work) =>
      this.call('store.transaction', () =>
        options.store.transaction((inner) => work(this.port('transaction', inner))),
      );
    const store: LogStore = { ...this.methods('store', options.store), transaction };
    const tiles: TileStore = this.port('tiles', options.tiles);
    const wrapped = { ...options, store, tiles };
    if (witnessing === undefined) return wrapped;
    const witnesses = witnessing.witnesses.map((witness) => this.port<Witness>('witness', witness));
    return { ...wrapped, witnessing: { ...witnessing, witnesses } };
  }

  private methods(name: string, store: LogStore): Omit<LogStore, 'transaction'> {
    const port = this.port(name, store);
    return {
      readState: () => port.readState(),
      readStage: () => port.readStage(),
      readEntries: (start, end) => port.readEntries(start, end),
      findEntries: (ids) => port.findEntries(ids),
      swapPublished: (published) => port.swapPublished(published),
      dropStage: (size) => port.dropStage(size),
    };
  }

  private port<T extends object>(name: string, target: T): T {
    return new Proxy(target, {
      get: (_, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          this.listen(args);
          return this.call(
            `${name}.${String(key)}`,
            () => Reflect.apply(value, target, args) as Promise<unknown>,
          );
        };
      },
    });
  }

  private async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.dead) throw new Error('the process has ended');
    const hit = this.calls.push(name) - 1 === this.at;
    if (hit && this.kind.endsWith('before')) this.stop(name);
    const result = await work();
    if (this.dead) throw new Error('the process has ended');
    if (hit) this.stop(name);
    return result;
  }

  private stop(name: string): never {
    this.dead = this.kind.startsWith('dies');
    throw new Error(`EIO: ${this.kind} ${name}`);
  }

  private listen(args: readonly unknown[]): void {
    for (const arg of args) {
      const bytes = arg instanceof Uint8Array ? arg : (arg as { checkpoint?: unknown } | null)?.checkpoint;
      if (bytes instanceof Uint8Array) this.signed.push(new TextDecoder().decode(bytes));
    }
  }
}
