/**
 * The unit of work: the one way to write to the database.
 *
 * Under SQLite every caller of a TypeORM data source shares one connection, so that a second concurrent transaction
 * becomes a savepoint of the first and vanishes with it although its caller was told "ok". Units are therefore run one
 * after another (a promise chain), and everything outside a unit reads through a second, read-only data source.
 * Under PostgreSQL units run side by side, each on its own connection.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';

interface Unit {
  readonly tx: EntityManager;
  readonly afterCommit: (() => void)[];
}

export class UnitOfWork {
  private readonly current = new AsyncLocalStorage<Unit>();
  private tail: Promise<unknown> = Promise.resolve();

  /**
   * @param writer the only data source that may write; kept private here on purpose
   * @param oneAtATime whether units must wait for each other (SQLite)
   */
  constructor(
    private readonly writer: DataSource,
    private readonly oneAtATime: boolean,
  ) {}

  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. A unit started inside
   * another one joins it, so that the outermost decides.
   */
  run<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const joined = this.current.getStore();
    if (joined) return work(joined.tx);
    const begin = () => this.transact(work);
    if (!this.oneAtATime) return begin();
    const result = this.tail.then(begin, begin);
    this.tail = result.catch(() => undefined);
    return result;
  }

  /** The transaction of the unit that the caller runs in, if any: reads made through it see the unit's own writes. */
  active(): EntityManager | undefined {
    return this.current.getStore()?.tx;
  }

  /** Calls `call` once the caller's unit has committed, never if it rolls back; at once outside a unit. */
  afterCommit(call: () => void): void {
    const unit = this.current.getStore();
    if (unit) unit.afterCommit.push(call);
    else call();
  }

  private async transact<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    const afterCommit: Unit['afterCommit'] = [];
    const result = await this.writer.transaction((tx) =>
      this.current.run({ tx, afterCommit }, () => work(tx)),
    );
    for (const call of afterCommit) call();
    return result;
  }
}
