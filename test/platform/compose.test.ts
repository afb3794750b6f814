import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../platform/config.ts';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly command?: readonly string[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const { services, volumes } = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const all = Object.entries(services);

/** What compose puts in for `${NAME:-default}` where NAME is not set. */
const withDefaults = (value: string | number) => String(value).replace(/\$\{\w+:-([^}]*)\}/g, '$1');

describe('docker-compose.yml', () => {
  it.each(all)('says for %s which image it runs, with its version, or how that is built', (_, { image, build }) => {
    expect(image ?? build).toBeDefined();
    if (image !== undefined) expect(image).toMatch(/:\d+(\.\d+)*$/);
    if (build !== undefined) expect(existsSync(fileURLToPath(new URL(`${build}/Dockerfile`, root)))).toBe(true);
  });

  it.each(all)('lets %s wait only for what exists, and for a condition that can come true', (_, { depends_on = {} }) => {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      expect(services).toHaveProperty(name);
      if (condition === 'service_healthy') expect(services[name]?.healthcheck).toBeDefined();
      else expect(condition).toBe('service_completed_successfully');
    }
  });

  it.each(all)('publishes the ports of %s on the loopback address alone, and lets each be moved', (_, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\$\{PORT_\w+:-\d+\}:\d+$/);
  });

  it.each(all)('mounts into %s only files that exist and volumes that are declared', (_, { volumes: mounts = [] }) => {
    for (const mount of mounts) {
      const [source = ''] = mount.split(':');
      if (source.startsWith('./')) expect(existsSync(fileURLToPath(new URL(source, root))), source).toBe(true);
      else expect(volumes).toHaveProperty(source);
    }
  });

  it.each(all)('runs in %s only scripts that it mounts', (_, { command = [], volumes: mounts = [] }) => {
    for (const script of command) expect(mounts.map((mount) => mount.split(':')[1])).toContain(script);
  });

  it('has no password but what the environment gives or what calls itself development-only', () => {
    const secrets = all.flatMap(([, { environment = {} }]) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|PWD/.test(name)),
    );
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{\w+:-development-only\}$/);
  });

  it('gives the worker an environment that it understands', () => {
    const environment = Object.entries(services['worker']?.environment ?? {}).map(([name, value]) => [name, withDefaults(value)]);
    const { temporal, database, keys } = readConfig({ HOME: '/home/node', ...Object.fromEntries(environment) });
    expect({ temporal, keys }).toEqual({
      temporal: { address: 'temporal:7233', namespace: 'default', taskQueue: 'shigeyi' },
      keys: undefined,
    });
    expect(Object.keys(database)).toEqual(['ownerUrl', 'appUrl', 'workerUrl']);
  });

  it('makes the same roles as are made elsewhere', () => {
    const attributes = /const ATTRIBUTES = '([^']+)'/.exec(read('platform/database.ts'))?.[1];
    const roles = [...read('platform/compose/app-db-roles.sql').matchAll(/create role (\w+) with (.+) password/g)];
    expect(roles.map(([, name, given]) => [name, given])).toEqual(
      ['owner', 'app', 'worker'].map((role) => [`shigeyi_${role}`, attributes]),
    );
  });
});
