import { describe, expect, it } from 'vitest';
import { readConfig } from '../../platform/config.ts';

const HOME = { HOME: '/home/someone' };
const invalid = (text: string) => expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringContaining(text) });

describe('the configuration', () => {
  it('has a default for everything but the servers, which are started then', () => {
    const { temporal, database } = readConfig({ ...HOME, SHIGEYI_DATA: '/data' });
    expect({ temporal, database }).toEqual({ temporal: { namespace: 'default', taskQueue: 'shigeyi' }, database: {} });
  });

  it('takes every variable', () => {
    const config = readConfig({
      SHIGEYI_DATA: '/data',
      XDG_CACHE_HOME: '/cache',
      TEMPORAL_ADDRESS: 'temporal.example:7233',
      TEMPORAL_NAMESPACE: 'city',
      SHIGEYI_TASK_QUEUE: 'city-1',
      SHIGEYI_TEMPORAL_PORT: '7000',
      SHIGEYI_POSTGRES_PORT: '0',
      DATABASE_URL: 'postgres://o:p@db/city',
      DATABASE_APP_URL: 'postgresql://a:p@db/city',
      DATABASE_WORKER_URL: 'postgres://w:p@db/city',
      SHIGEYI_KEYS: 'k:x',
    });
    expect(config).toEqual({
      dataDir: '/data',
      cacheDir: '/cache/shigeyi',
      temporal: { address: 'temporal.example:7233', namespace: 'city', taskQueue: 'city-1', port: 7000 },
      database: {
        ownerUrl: 'postgres://o:p@db/city',
        appUrl: 'postgresql://a:p@db/city',
        workerUrl: 'postgres://w:p@db/city',
        port: 0,
      },
      keys: 'k:x',
    });
  });

  it('takes an empty variable for one that is not set', () =>
    expect(readConfig({ ...HOME, SHIGEYI_DATA: '/data', TEMPORAL_ADDRESS: '', DATABASE_URL: ' ' })).toEqual(
      readConfig({ ...HOME, SHIGEYI_DATA: '/data' }),
    ));

  it('keeps what can be fetched again below the home, or, without one, with the data', () => {
    expect(readConfig({ ...HOME, SHIGEYI_DATA: '/data' }).cacheDir).toBe('/home/someone/.cache/shigeyi');
    expect(readConfig({ HOME: 'nowhere', SHIGEYI_DATA: '/data' }).cacheDir).toBe('/data/cache');
  });

  it.runIf(process.getuid?.() === 0)('keeps the data of root where the account of the database server can reach it', () =>
    expect(readConfig(HOME).dataDir).toBe('/var/lib/shigeyi'),
  );

  it.runIf(process.getuid?.() !== 0)('keeps the data of a user in their own data directory', () => {
    expect(readConfig(HOME).dataDir).toBe('/home/someone/.local/share/shigeyi');
    expect(readConfig({ ...HOME, XDG_DATA_HOME: '/xdg' }).dataDir).toBe('/xdg/shigeyi');
  });

  it.each([
    ['TEMPORAL_ADDRESS', 'http://temporal:7233'],
    ['TEMPORAL_ADDRESS', 'temporal'],
    ['TEMPORAL_ADDRESS', 'temporal:70000'],
    ['TEMPORAL_NAMESPACE', 'two words'],
    ['SHIGEYI_TASK_QUEUE', '任务'],
    ['SHIGEYI_POSTGRES_PORT', '65536'],
    ['SHIGEYI_TEMPORAL_PORT', '-1'],
  ])('refuses %s=%s and names both', (variable, value) => {
    const read = () => readConfig({ ...HOME, [variable]: value });
    expect(read).toThrow(invalid(variable));
    expect(read).toThrow(invalid(`'${value}'`));
  });

  it.each(['mysql://u:secret@db/city', 'postgres://u:secret@db', 'secret'])(
    'refuses the database URL %s without quoting it',
    (value) => {
      const read = () => readConfig({ ...HOME, DATABASE_URL: value });
      expect(read).toThrow(invalid('DATABASE_URL'));
      expect(read).toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret') }));
    },
  );
});
