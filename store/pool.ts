import pg from 'pg';

/** Whatever can run a query: a pool, or a connection inside a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

export interface PoolOptions {
  /** Connections at most. */
  readonly max: number;
  /** Shown by pg_stat_activity. */
  readonly applicationName: string;
  /** A statement that takes longer is cancelled. */
  readonly statementTimeoutMs?: number;
  /** How long to wait for a free connection before failing. */
  readonly connectionTimeoutMs?: number;
  /** Told of connections lost while idle; the pool replaces them. */
  readonly onError?: (error: Error) => void;
}

/** For an answer to travel. */
const GRACE_MS = 5_000;

/** Connections to one database as one role. Whoever creates it ends it. */
export function createPool(
  url: string,
  { max, applicationName, statementTimeoutMs = 10_000, connectionTimeoutMs = 5_000, onError = () => undefined }: PoolOptions,
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: applicationName,
    statement_timeout: statementTimeoutMs,
    connectionTimeoutMillis: connectionTimeoutMs,
    // A server that is gone without a word cancels nothing: then it is given up here, and the connection with it.
    query_timeout: statementTimeoutMs + GRACE_MS,
    keepAlive: true,
    types: { getTypeParser },
  });
  // Without a listener an idle connection that is lost, as when the server restarts, would end the process.
  pool.on('error', onError);
  // And while it is lent out: the pool then listens no more, and between two queries nobody else does. The next query fails and says so.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const { DATE, INT8, NUMERIC } = pg.types.builtins;

/** Of this pool only: int8 and numeric as numbers, dates as the text they are (the driver's default is local midnight). */
const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (oid, format) => {
  switch (oid as number) {
    case INT8:
    case NUMERIC:
      return parseExactNumber;
    case DATE:
      return (text: string) => text;
    default:
      return pg.types.getTypeParser(oid, format as 'text');
  }
};

function parseExactNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new RangeError(`${text} of the database is not exact as a number`);
  return value;
}

/** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
export async function withTransaction<T>(pool: pg.Pool, work: (db: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is not handed on to the next caller.
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Runs `work` in one transaction that sees the database as it stood when it began, and changes nothing. For reading much that belongs together. */
export async function withSnapshot<T>(pool: pg.Pool, work: (db: pg.PoolClient) => Promise<T>): Promise<T> {
  return withTransaction(pool, async (db) => {
    await db.query('set transaction isolation level repeatable read, read only');
    return work(db);
  });
}

/** Who asks: the office of any run, or somebody in one run. */
export type Identity =
  | { readonly role: 'office'; readonly person: string }
  | {
      readonly role: 'leading-group' | 'union-head' | 'union-officer' | 'cadre' | 'inspector';
      readonly person: string;
      readonly run: string;
      readonly union: string;
    };

/** Runs `work` in one transaction of the app role, where row-level security shows what this identity may see and nothing else. */
export async function withIdentity<T>(pool: pg.Pool, identity: Identity, work: (db: pg.PoolClient) => Promise<T>): Promise<T> {
  const { run, union } = identity.role === 'office' ? { run: '', union: '' } : identity;
  return withTransaction(pool, async (db) => {
    await db.query(
      `select set_config('shigeyi.role', $1, true), set_config('shigeyi.person', $2, true),
              set_config('shigeyi.run', $3, true), set_config('shigeyi.union', $4, true)`,
      [identity.role, identity.person, run, union],
    );
    return work(db);
  });
}
