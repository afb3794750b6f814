import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PlatformError, systemCode } from './platform-error.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { createPrivateFile, makeDataDirectory, readIfPresent } from './private-file.ts';
import type { ServerAccount } from './server-account.ts';
import { assertReachable } from './server-account.ts';

/** Passwords of the four roles, made once per data directory. */
export interface Credentials {
  readonly admin: string;
  readonly owner: string;
  readonly app: string;
  readonly worker: string;
}

/** A database cluster on disk, whether or not a server runs on it. */
export interface Cluster {
  readonly dataPath: string;
  readonly logPath: string;
  readonly credentials: Credentials;
}

export const ADMIN_ROLE = 'postgres';

/** Makes the cluster unless it is there already. Two processes may try at once: both get the same one. */
export async function createCluster({
  dataDir,
  binaries,
  account,
}: {
  dataDir: string;
  binaries: PostgresBinaries;
  account: ServerAccount | undefined;
}): Promise<Cluster> {
  makeDataDirectory(dataDir);
  assertReachable(dataDir, account);
  const home = join(dataDir, 'postgres');
  mkdirSync(home, { recursive: true, mode: 0o711 });
  const credentials = JSON.parse(
    createPrivateFile(join(home, 'credentials.json'), JSON.stringify(newCredentials())),
  ) as Credentials;
  const cluster: Cluster = { dataPath: join(home, 'data'), logPath: join(home, 'postgres.log'), credentials };
  if (!existsSync(join(cluster.dataPath, 'PG_VERSION'))) await initialise({ cluster, home, binaries, account });
  assertVersion(cluster);
  return cluster;
}

/** The cluster is made beside its place and moved there when complete: a half-made one is never taken for a whole one. */
async function initialise({
  cluster,
  home,
  binaries,
  account,
}: {
  cluster: Cluster;
  home: string;
  binaries: PostgresBinaries;
  account: ServerAccount | undefined;
}): Promise<void> {
  const draft = join(home, `draft-${randomBytes(6).toString('hex')}`);
  const passwordFile = `${draft}.password`;
  try {
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(passwordFile, `${cluster.credentials.admin}\n`, { mode: 0o600 });
    if (account) {
      chownSync(draft, account.uid, account.gid);
      chownSync(passwordFile, account.uid, account.gid);
    }
    // The locale is named: the machine's own may lead to SQL_ASCII, in which Chinese text has no length and no order.
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
    const access = [`--username=${ADMIN_ROLE}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    await promisify(execFile)(binaries.initdb, [...locale, ...access, '--pgdata', draft], {
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '', TZ: 'UTC' },
      ...account,
    });
    renameSync(draft, cluster.dataPath);
  } catch (error) {
    // Somebody else finished the same work first.
    if (existsSync(join(cluster.dataPath, 'PG_VERSION'))) return;
    throw initialisationFailed(home, error);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

function initialisationFailed(home: string, error: unknown): PlatformError {
  const output = ((error as { stderr?: string }).stderr ?? '').trim();
  const full = systemCode(error) === 'ENOSPC' || output.includes('No space left on device');
  return new PlatformError({
    code: full ? 'NO_DISK_SPACE' : 'POSTGRES_START_FAILED',
    message: `a database cluster cannot be made in '${home}': ${output || (error as Error).message}`,
    remedy: full
      ? 'Free some space (100 MB to begin with) and start again.'
      : 'Correct the cause, or set DATABASE_URL to a PostgreSQL of your own.',
    cause: error,
  });
}

/** The server's own message on a foreign major version is a line in its log; ours says what to do. */
function assertVersion({ dataPath }: Cluster): void {
  const version = readIfPresent(join(dataPath, 'PG_VERSION'))?.trim();
  if (version === '18') return;
  throw new PlatformError({
    code: 'POSTGRES_START_FAILED',
    message: `the database in '${dataPath}' was made by PostgreSQL ${version ?? 'of an unknown version'}, and the installed programs are PostgreSQL 18.`,
    remedy: 'Move its contents over with pg_dump and pg_restore, or set SHIGEYI_DATA to another directory.',
  });
}

function newCredentials(): Credentials {
  const password = () => randomBytes(24).toString('base64url');
  return { admin: password(), owner: password(), app: password(), worker: password() };
}
