/** The database of one API process: where to read, and the unit of work through which all writing goes. */
import type { DataSource, EntityManager } from 'typeorm';
import type { UnitOfWork } from './unit-of-work.js';

export class Database {
  constructor(
    readonly engine: 'sqlite' | 'postgres',
    private readonly reader: DataSource,
    private readonly units: UnitOfWork,
  ) {}

  /**
   * For queries. Inside a unit of work it is the unit's own transaction; outside it refuses every write
   * (`PRAGMA query_only` on SQLite, `default_transaction_read_only` on PostgreSQL).
   */
  get read(): EntityManager {
    return this.units.active() ?? this.reader.manager;
  }

  /** Runs `work` as one unit of work; see {@link UnitOfWork.run}. */
  write<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.units.run(work);
  }

  /** Calls `call` once the unit that the caller runs in has committed; see {@link UnitOfWork.afterCommit}. */
  afterCommit(call: () => void): void {
    this.units.afterCommit(call);
  }
}
