import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFINITION } from './fake-host.ts';
import { runShigeyi } from './process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shigeyi-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A machine on which nothing runs. */
const nothingRuns = () => ({
  SHIGEYI_DATA: join(folder, 'data'),
  TEMPORAL_ADDRESS: undefined,
  DATABASE_URL: undefined,
  SHIGEYI_DEBUG: undefined,
});
const STACK = /\n\s+at /;

describe('the command shigeyi', () => {
  it('ends with 0 when it is done', async () =>
    expect(await runShigeyi(['check', DEFINITION])).toMatchObject({ exit: 0, err: '' }));

  it('ends with 1 when what it read is invalid', async () =>
    expect(await runShigeyi(['check', 'definitions/invalid/ten-mistakes.yaml'])).toMatchObject({ exit: 1, err: '' }));

  it('ends with 2 when it is misused', async () => expect(await runShigeyi(['nonsense'])).toMatchObject({ exit: 2, out: '' }));

  it('ends with 3 when nothing runs, and says how to start it', async () => {
    const { exit, out, err } = await runShigeyi(['status'], nothingRuns());
    expect({ exit, out }).toEqual({ exit: 3, out: '' });
    expect(err).toMatch(/^shigeyi: .*Start them with: npx shigeyi up \[PARTS_NOT_RUNNING\]\n$/);
  });

  it.each([
    [['check', 'no-such-folder'], {}, 'FILE_UNREADABLE'],
    [['check', 'docs'], {}, "'docs/definition.yaml' cannot be read"],
    [['check', 'package.json'], {}, ''],
    [['start', DEFINITION, '--roster', 'no-such-file.xlsx', '--rehearse', '90s', '--dry-run'], {}, 'ROSTER_NOT_FOUND'],
    [['start', DEFINITION, '--roster', 'package.json', '--rehearse', '90s', '--dry-run'], {}, 'ROSTER_INVALID'],
    [['status'], { TEMPORAL_ADDRESS: 'http://nowhere' }, 'CONFIG_INVALID'],
    [['status'], { DATABASE_URL: 'mysql://nowhere' }, 'CONFIG_INVALID'],
    [['status'], { TEMPORAL_ADDRESS: '127.0.0.1:1', DATABASE_URL: 'postgres://a:secret@127.0.0.1:1/x' }, 'TEMPORAL_NOT_FOUND'],
  ])('tells no stack and no password: %j with %j', async (words, env, code) => {
    const { exit, out, err } = await runShigeyi(words, { ...nothingRuns(), ...env });
    expect(exit).toBeGreaterThan(0);
    expect(out + err).toContain(code);
    expect(out + err).not.toMatch(STACK);
    expect(out + err).not.toContain('secret');
  });

  it('shows the cause to whoever asks for it', async () =>
    expect(
      (await runShigeyi(['status'], { ...nothingRuns(), TEMPORAL_ADDRESS: 'http://nowhere', SHIGEYI_DEBUG: '1' })).err,
    ).toMatch(STACK));

  it('refuses a form larger than any form without reading it', async () => {
    const film = join(folder, 'film.yaml');
    writeFileSync(film, Buffer.alloc(5_000_000, 'a'));
    const { exit, err } = await runShigeyi(['complete', 'autumn', 'c/x', '--form', film], nothingRuns());
    expect(exit).toBe(1);
    expect(err).toContain('[FILE_TOO_LARGE]');
  });

  it('ends quietly when its reader has seen enough', () => {
    const { status, stderr } = spawnSync(
      'bash',
      ['-o', 'pipefail', '-c', 'node cli/shigeyi.mjs check definitions/invalid/*.yaml | head -1'],
      { encoding: 'utf8' },
    );
    expect({ stderr }).toEqual({ stderr: '' });
    expect([0, 1]).toContain(status);
  });
});
