import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { PlatformError, systemCode } from './platform-error.ts';

/**
 * Three roles make row-level security real: the owner migrates, and the two that the product works with own nothing.
 * None is a superuser and none may bypass row-level security.
 */
export const DATABASE_ROLES = { owner: 'shigeyi_owner', app: 'shigeyi_app', worker: 'shigeyi_worker' } as const;

export const DATABASE_NAME = 'shigeyi';

export type RolePasswords = Readonly<Record<keyof typeof DATABASE_ROLES, string>>;

/** One database, as each of the three roles. */
export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly workerUrl: string;
}

const ATTRIBUTES = 'login nosuperuser nobypassrls nocreatedb nocreaterole noreplication';

/** Creates the roles that are missing and sets what each may do, with these passwords. May be repeated. */
export async function ensureRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [
      Object.values(DATABASE_ROLES),
    ]);
    const present = new Set(rows.map(({ rolname }) => rolname));
    for (const key of ['owner', 'app', 'worker'] as const) {
      const role = { name: DATABASE_ROLES[key], password: passwords[key] };
      if (!present.has(role.name)) await createRole(client, role);
      else await client.query(`alter role ${role.name} with ${ATTRIBUTES} password ${pg.escapeLiteral(role.password)}`);
    }
  });
}

/** Creates one role that may log in and nothing else. */
export async function createRole(client: pg.Client, { name, password }: { name: string; password: string }): Promise<void> {
  await client.query(`create role ${pg.escapeIdentifier(name)} with ${ATTRIBUTES} password ${pg.escapeLiteral(password)}`);
}

/** Creates the database, owned by the owner role, unless it is there; only the three roles may connect. */
export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)} owner ${DATABASE_ROLES.owner}`);
    await client.query(`revoke all on database ${pg.escapeIdentifier(name)} from public`);
    await client.query(
      `grant connect, temporary on database ${pg.escapeIdentifier(name)} to ${DATABASE_ROLES.app}, ${DATABASE_ROLES.worker}`,
    );
  });
}

/** Drops the database with whoever is connected to it. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, (client) => client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`));
}

/** Runs `work` on a database of its own and drops it afterwards, however the work ended. */
export async function withDatabase<T>(
  { adminUrl, passwords }: { adminUrl: string; passwords: RolePasswords },
  work: (urls: DatabaseUrls) => Promise<T>,
): Promise<T> {
  const name = `scratch_${randomBytes(8).toString('hex')}`;
  await createDatabase(adminUrl, name);
  try {
    return await work(urlsOf({ adminUrl, passwords, name }));
  } finally {
    await dropDatabase(adminUrl, name);
  }
}

export function urlsOf({
  adminUrl,
  passwords,
  name,
}: {
  adminUrl: string;
  passwords: RolePasswords;
  name: string;
}): DatabaseUrls {
  return {
    ownerUrl: urlAs(adminUrl, { user: DATABASE_ROLES.owner, password: passwords.owner, name }),
    appUrl: urlAs(adminUrl, { user: DATABASE_ROLES.app, password: passwords.app, name }),
    workerUrl: urlAs(adminUrl, { user: DATABASE_ROLES.worker, password: passwords.worker, name }),
  };
}

/** The same server, with another role and, when given, another database. */
export function urlAs(url: string, { user, password, name }: { user: string; password: string; name?: string }): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(user);
  changed.password = encodeURIComponent(password);
  if (name !== undefined) changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

/** Opens one connection for `work` and closes it. @throws DATABASE_UNREACHABLE when nothing answers or the login is refused. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A server that goes away while the connection is idle must not end the process: the next query fails and says so.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(url, error);
  }
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function unreachable(url: string, cause: unknown): PlatformError {
  const { username, host, pathname } = new URL(url);
  return new PlatformError({
    code: 'DATABASE_UNREACHABLE',
    message: `the database ${pathname.slice(1)} at ${host} did not let in '${username}': ${(cause as Error).message || String(systemCode(cause))}.`,
    remedy: 'Check that the server runs, and the user and password of the URL.',
    cause,
  });
}
