/** A data source whose connections know, each time they are used, whose rows they may see. */
import type { PoolClient } from 'pg';
import { DataSource, type QueryRunner, type ReplicationMode } from 'typeorm';
import { visibleSchool } from './school-scope.js';

/** What each connection was last told: within one school it is told once and not with every query. */
const told = new WeakMap<PoolClient, string>();

export class ScopedDataSource extends DataSource {
  override createQueryRunner(mode?: ReplicationMode): QueryRunner {
    const runner = super.createQueryRunner(mode);
    if (this.options.type === 'postgres') bind(runner, visibleSchool());
    return runner;
  }
}

/** A unit of work and a query alike keep to the school with which they began. */
function bind(runner: QueryRunner, school: string): void {
  const connect = runner.connect.bind(runner) as () => Promise<PoolClient>;
  let connected: Promise<PoolClient> | undefined;
  runner.connect = () => (connected ??= connect().then((client) => tell(client, school)));
}

/** Outside any transaction of the application's, as it comes before its first statement: a rollback leaves it. */
async function tell(client: PoolClient, school: string): Promise<PoolClient> {
  if (told.get(client) !== school) {
    told.delete(client);
    await client.query("SELECT set_config('socai.school', $1, false)", [school]);
    told.set(client, school);
  }
  return client;
}

/** Whether the engine would let this connection's role see every row whatever it is told: a superuser, or BYPASSRLS. */
export async function escapesRowSecurity(source: DataSource): Promise<boolean> {
  if (source.options.type !== 'postgres') return false;
  const sql = 'SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = current_user';
  const [role] = await source.query<{ free: boolean }[]>(sql);
  return role?.free === true;
}
