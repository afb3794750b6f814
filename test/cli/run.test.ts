import { describe, expect, it } from 'vitest';
import { Invalid, Refused, Unavailable } from '../../client/client-error.ts';
import { CliError, EXIT } from '../../cli/failure.ts';
import { PlatformError } from '../../platform/platform-error.ts';
import { StoreError } from '../../store/store-error.ts';
import { createFakeClient, tell } from './fake-host.ts';

const failing = (error: unknown) => ({ client: createFakeClient({ status: () => Promise.reject(error as Error) }).client });
const refused = new Refused({ code: 'NOT_OPEN_YET', message: "task 'visit' is not open yet", remedy: 'wait until it opens' });
const notRunning = new CliError({
  exit: EXIT.unreachable,
  code: 'PARTS_NOT_RUNNING',
  message: 'nothing runs here',
  remedy: 'start it with: npx shigeyi up',
});

describe('the exit code', () => {
  it('is 0 when it is done', async () => expect((await tell('status autumn')).exit).toBe(0));

  it.each([
    ['a refusal of the rules', refused, 1],
    ['input that cannot be used', new Invalid({ code: 'UNKNOWN_RUN', message: 'no', remedy: 'look' }), 1],
    ['a store that says no', new StoreError({ code: 'RUN_EXISTS', message: 'no', remedy: 'another' }), 1],
    ['a setting that is wrong', new PlatformError({ code: 'CONFIG_INVALID', message: 'no', remedy: 'mend' }), 2],
    ['a part that is away', new Unavailable({ code: 'STORE_BEHIND', message: 'no', remedy: 'again' }), 3],
    ['a part that is not to be had', new PlatformError({ code: 'PORT_IN_USE', message: 'no', remedy: 'another' }), 3],
    ['a database that nobody serves', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 3],
    ['a database that shuts down', Object.assign(new Error('terminating connection'), { code: '57P01' }), 3],
    ['a full disk', Object.assign(new Error('no space'), { code: 'ENOSPC' }), 3],
    ['what nobody foresaw', new TypeError('x is not a function'), 1],
  ])('of %s', async (_, error, exit) => expect((await tell('status autumn', failing(error))).exit).toBe(exit));

  it.each([
    'nonsense',
    '',
    'status one two',
    'tasks',
    'tasks autumn --unoin u',
    'tasks autumn --limit many',
    'check',
    'review autumn t',
    'start x',
    'audit',
    'audit verify',
    'audit export autumn --too x',
  ])('of misuse is 2: %s', async (words) => expect((await tell(words)).exit).toBe(2));

  it.each(['--help', 'help', 'tasks --help', 'help tasks', 'audit --help', 'audit verify --help'])('of %s is 0', async (words) =>
    expect((await tell(words)).exit).toBe(0),
  );
});

describe('an error', () => {
  it('says what, what to do next, and its code, in one line', async () =>
    expect(await tell('status autumn', failing(refused))).toEqual({
      exit: 1,
      out: '',
      err: "shigeyi: task 'visit' is not open yet. Wait until it opens. [NOT_OPEN_YET]",
    }));

  it('leaves a command to be copied without a full stop', async () => {
    const { err } = await tell('status', { host: { connect: () => Promise.reject(notRunning) } });
    expect(err).toBe('shigeyi: nothing runs here. Start it with: npx shigeyi up [PARTS_NOT_RUNNING]');
  });

  it('of the platform says its remedy once', async () => {
    const error = new PlatformError({
      code: 'PORT_IN_USE',
      message: 'port 7233 is in use.',
      remedy: 'Set SHIGEYI_TEMPORAL_PORT.',
    });
    expect((await tell('status', { host: { connect: () => Promise.reject(error) } })).err).toBe(
      'shigeyi: port 7233 is in use. Set SHIGEYI_TEMPORAL_PORT. [PORT_IN_USE]',
    );
  });

  it('lists what is wrong in detail below', async () => {
    const details = [{ code: 'UNKNOWN_FIELD', path: 'wsih', message: "there is no field 'wsih'", hint: "did you mean 'wish'?" }];
    const error = new Invalid({ code: 'FORM_INVALID', message: 'the form has 1 issue', remedy: 'mend it', details });
    expect((await tell('status autumn', failing(error))).err).toContain(
      "\n  wsih: there is no field 'wsih'; did you mean 'wish'? [UNKNOWN_FIELD]",
    );
  });

  it('is JSON on standard error with --json', async () => {
    const { out, err } = await tell('status autumn --json', failing(refused));
    expect(out).toBe('');
    expect(JSON.parse(err)).toEqual({
      error: { code: 'NOT_OPEN_YET', message: "task 'visit' is not open yet", remedy: 'wait until it opens', details: [] },
    });
  });

  it('is JSON with --json also when the command was misused', async () =>
    expect(JSON.parse((await tell('tasks --json')).err)).toEqual({
      error: { code: 'MISUSE', message: "missing required argument 'run'", remedy: 'see: npx shigeyi tasks --help', details: [] },
    }));

  it('suggests what may have been meant', async () =>
    expect((await tell('tasks autumn --unoin u')).err).toContain('Did you mean --union?'));

  it('that nobody foresaw shows no stack', async () => {
    const { err } = await tell('status autumn', failing(new TypeError('x is not a function')));
    expect(err.split('\n')).toHaveLength(1);
    expect(err).toContain('SHIGEYI_DEBUG=1');
  });

  it('shows its cause to whoever asks for it', async () => {
    const machine = failing(new TypeError('x is not a function', { cause: new Error('deeper') }));
    const { err } = await tell('status autumn', { ...machine, host: { env: { SHIGEYI_DEBUG: '1' } } });
    expect(err).toMatch(/\n\s+at /);
    expect(err).toContain('caused by Error: deeper');
  });

  it('lets go of the connection', async () => {
    const { client, isClosed } = createFakeClient({ status: () => Promise.reject(refused) });
    await tell('status autumn', { client });
    expect(isClosed()).toBe(true);
  });
});

describe('help', () => {
  it('names every command', async () => {
    const { out } = await tell('--help');
    for (const name of [
      'check',
      'start',
      'status',
      'tasks',
      'form',
      'complete',
      'review',
      'report',
      'verify',
      'up',
      'worker',
      'demo',
    ]) {
      expect(out).toContain(`  ${name} `);
    }
  });

  it('of a command ends with examples', async () =>
    expect((await tell('verify --help')).out).toMatch(/Examples:\n {2}npx shigeyi verify/));
});
