import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { PlatformError } from './platform-error.ts';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where everything is, read once at the start of a process and handed on. A part without an address is started by us. */
export interface Config {
  /** Everything durable that we keep on this machine: `SHIGEYI_DATA`. */
  readonly dataDir: string;
  /** What can be fetched or built again: `XDG_CACHE_HOME/shigeyi`. */
  readonly cacheDir: string;
  readonly temporal: {
    /** `TEMPORAL_ADDRESS`, host:port. */
    readonly address?: string;
    /** `TEMPORAL_NAMESPACE`. */
    readonly namespace: string;
    /** `SHIGEYI_TASK_QUEUE`. */
    readonly taskQueue: string;
    /** `SHIGEYI_TEMPORAL_PORT`: where to start one, when there is no address. */
    readonly port?: number;
  };
  readonly database: {
    /** `DATABASE_URL`: the owner's connection, which migrates. */
    readonly ownerUrl?: string;
    /** `DATABASE_APP_URL`: the HTTP API's and the CLI's connection. */
    readonly appUrl?: string;
    /** `DATABASE_WORKER_URL`: the worker's connection. */
    readonly workerUrl?: string;
    /** `SHIGEYI_POSTGRES_PORT`: where to start one, when there is no URL. */
    readonly port?: number;
  };
  /** `SHIGEYI_KEYS`, still as text: see keys.ts. */
  readonly keys?: string;
}

/** Reads and checks the environment. An empty variable counts as not set, as compose files and shells write it. */
export function readConfig(env: Environment): Config {
  const dataDir = directory(env, 'SHIGEYI_DATA') ?? defaultDataDirectory(env);
  return {
    dataDir,
    cacheDir: cacheDirectory(env, dataDir),
    temporal: {
      ...optional('address', address(env, 'TEMPORAL_ADDRESS')),
      namespace: name(env, 'TEMPORAL_NAMESPACE') ?? 'default',
      taskQueue: name(env, 'SHIGEYI_TASK_QUEUE') ?? 'shigeyi',
      ...optional('port', port(env, 'SHIGEYI_TEMPORAL_PORT')),
    },
    database: {
      ...optional('ownerUrl', databaseUrl(env, 'DATABASE_URL')),
      ...optional('appUrl', databaseUrl(env, 'DATABASE_APP_URL')),
      ...optional('workerUrl', databaseUrl(env, 'DATABASE_WORKER_URL')),
      ...optional('port', port(env, 'SHIGEYI_POSTGRES_PORT')),
    },
    ...optional('keys', read(env, 'SHIGEYI_KEYS')),
  };
}

function defaultDataDirectory(env: Environment): string {
  if (process.getuid?.() === 0) return '/var/lib/shigeyi';
  return join(directory(env, 'XDG_DATA_HOME') ?? join(homeDirectory(env), '.local', 'share'), 'shigeyi');
}

/** A service account may have no home: then the cache lies with the data. */
export function cacheDirectory(env: Environment, dataDir: string): string {
  const base = directory(env, 'XDG_CACHE_HOME');
  if (base !== undefined) return join(base, 'shigeyi');
  const home = env['HOME'] || homedir();
  return isAbsolute(home) ? join(home, '.cache', 'shigeyi') : join(dataDir, 'cache');
}

function homeDirectory(env: Environment): string {
  const home = env['HOME'] || homedir();
  if (isAbsolute(home)) return home;
  throw invalid('HOME', home, 'is not an absolute path, so there is no place for the data', 'Set SHIGEYI_DATA to a directory.');
}

function read(env: Environment, variable: string): string | undefined {
  const value = env[variable]?.trim();
  return value === '' ? undefined : value;
}

function directory(env: Environment, variable: string): string | undefined {
  const value = read(env, variable);
  return value === undefined ? undefined : resolve(value);
}

function name(env: Environment, variable: string): string | undefined {
  const value = read(env, variable);
  if (value === undefined || /^[\w.-]{1,100}$/.test(value)) return value;
  throw invalid(variable, value, 'is not a name', 'Use 1 to 100 letters, digits, dots, dashes and underscores.');
}

function port(env: Environment, variable: string): number | undefined {
  const value = read(env, variable);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d{1,5}$/.test(value) && number <= 65535) return number;
  throw invalid(variable, value, 'is not a port', 'Use a number from 1 to 65535, or 0 for any free port.');
}

function address(env: Environment, variable: string): string | undefined {
  const value = read(env, variable);
  if (value === undefined) return undefined;
  const match = /^(?:\[[0-9a-fA-F:]+\]|[\w.-]+):(\d{1,5})$/.exec(value);
  if (match && Number(match[1]) >= 1 && Number(match[1]) <= 65535) return value;
  throw invalid(variable, value, 'is not an address', 'Write host:port without a scheme, for example 127.0.0.1:7233.');
}

/** The value is not quoted in the error: it may hold a password. */
function databaseUrl(env: Environment, variable: string): string | undefined {
  const value = read(env, variable);
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) return value;
  throw new PlatformError({
    code: 'CONFIG_INVALID',
    message: `the environment variable ${variable} is not a Postgres URL with a database name.`,
    remedy: 'Write postgres://user:password@host:5432/database, with special characters percent-encoded.',
  });
}

function invalid(variable: string, value: string, problem: string, remedy: string): PlatformError {
  return new PlatformError({
    code: 'CONFIG_INVALID',
    message: `the environment variable ${variable} ${problem}: '${value}'.`,
    remedy,
  });
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
