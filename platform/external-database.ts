import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import type { Config } from './config.ts';
import type { DatabaseUrls } from './database.ts';
import { createRole, DATABASE_ROLES, urlAs, withClient } from './database.ts';
import { PlatformError } from './platform-error.ts';
import { createPrivateFile, makeDataDirectory } from './private-file.ts';

const OLDEST_SERVER = 150_000;

type WorkingRole = 'app' | 'worker';

/**
 * The connections to a database that others keep, of which at least the owner's is given. A working role whose URL is not given
 * is created, if the owner may do that; its password is then kept in the data directory of this machine.
 */
export async function connectExternalDatabase(
  { ownerUrl, appUrl, workerUrl }: Config['database'] & { ownerUrl: string },
  dataDir: string,
): Promise<DatabaseUrls> {
  await withClient(ownerUrl, (client) => assertVersion(client, ownerUrl));
  const urls = {
    ownerUrl,
    appUrl: appUrl ?? (await ensureWorkingRole({ role: 'app', ownerUrl, dataDir })),
    workerUrl: workerUrl ?? (await ensureWorkingRole({ role: 'worker', ownerUrl, dataDir })),
  };
  for (const [variable, url] of [
    ['DATABASE_APP_URL', urls.appUrl],
    ['DATABASE_WORKER_URL', urls.workerUrl],
  ] as const) {
    await withClient(url, (client) => assertBound(client, variable));
  }
  return urls;
}

async function ensureWorkingRole({
  role,
  ownerUrl,
  dataDir,
}: {
  role: WorkingRole;
  ownerUrl: string;
  dataDir: string;
}): Promise<string> {
  const name = DATABASE_ROLES[role];
  const password = keptPassword({ role, ownerUrl, dataDir });
  const url = urlAs(ownerUrl, { user: name, password });
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ exists: boolean; mayCreate: boolean; database: string }>(
      `select exists (select from pg_roles where rolname = $1) as "exists", rolsuper or rolcreaterole as "mayCreate", current_database() as database
         from pg_roles where rolname = current_user`,
      [name],
    );
    if (rows[0]?.exists) return;
    if (!rows[0]?.mayCreate)
      throw roleMissing(role, `the role ${name} does not exist, and the user of DATABASE_URL may not create it`);
    await createRole(client, { name, password });
    await client.query(`grant connect on database ${pg.escapeIdentifier(rows[0].database)} to ${name}`);
  });
  try {
    await withClient(url, () => Promise.resolve());
  } catch (cause) {
    throw roleMissing(role, `the role ${name} exists, and its password is not the one made on this machine`, cause);
  }
  return url;
}

/** Made once per server and database, so that two of them used from one machine do not share a password. */
function keptPassword({ role, ownerUrl, dataDir }: { role: WorkingRole; ownerUrl: string; dataDir: string }): string {
  makeDataDirectory(dataDir);
  const { host } = new URL(ownerUrl);
  const file = `${encodeURIComponent(host)}.${role}.password`;
  return createPrivateFile(join(dataDir, 'external-database', file), `${randomBytes(24).toString('base64url')}\n`).trim();
}

async function assertVersion(client: pg.Client, ownerUrl: string): Promise<void> {
  const { rows } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int as version`);
  const version = rows[0]?.version ?? 0;
  if (version >= OLDEST_SERVER) return;
  throw new PlatformError({
    code: 'CONFIG_INVALID',
    message: `the server of DATABASE_URL at ${new URL(ownerUrl).host} is PostgreSQL ${Math.floor(version / 10_000)}.`,
    remedy: 'Use PostgreSQL 15 or newer.',
  });
}

/** Row-level security does not bind a superuser nor who may bypass it: such a role would see every union's data. */
async function assertBound(client: pg.Client, variable: string): Promise<void> {
  const { rows } = await client.query<{ name: string; unbound: boolean }>(
    'select rolname as name, rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user',
  );
  if (!rows[0]?.unbound) return;
  throw new PlatformError({
    code: 'CONFIG_INVALID',
    message: `the user '${rows[0].name}' of ${variable} is not bound by row-level security.`,
    remedy: 'Use a role that is no superuser and has no BYPASSRLS.',
  });
}

function roleMissing(role: WorkingRole, problem: string, cause?: unknown): PlatformError {
  return new PlatformError({
    code: 'DATABASE_ROLES_MISSING',
    message: `${problem}.`,
    remedy: `Set DATABASE_${role.toUpperCase()}_URL, after: create role ${DATABASE_ROLES[role]} login password '…';`,
    cause,
  });
}
