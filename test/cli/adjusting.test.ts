/** The commands that adjust a run that goes on: what they ask of the client, and what they say. */
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { createFakeClient, tell } from './fake-host.ts';

const AMEND = 'amend autumn definitions/first --reason "as decided"';
const EXTEND = 'extend autumn h/h-001/visit --by 3d --reason "away"';

describe('--json', () => {
  it.each([AMEND, `${AMEND} --apply now`, EXTEND, `${EXTEND} --apply now`, 'revision autumn 2'])(
    'of `%s` has the shape that is documented, and nothing beside it',
    async (words) => {
      const { out } = await tell(`${words} --json`);
      const { answer } = COMMANDS.find(({ name }) => words.startsWith(name))!;
      expect(answer.safeParse(JSON.parse(out)).error).toBeUndefined();
    },
  );
});

describe('amend', () => {
  it('asks what the version would change, and changes nothing', async () => {
    const { client, asked } = createFakeClient();
    const { out } = await tell(AMEND, { client });
    expect(asked).toMatchObject([
      { run: 'autumn', for: { all: true }, reason: 'as decided', adjustment: { kind: 'amend', timers: 'recompute' } },
    ]);
    expect(out).toContain('Nothing was changed.');
  });

  it('does what was seen when it is given the hash of that', async () => {
    const { client, asked } = createFakeClient();
    await tell(`${AMEND} --timers restart --as office-1 --id a-1 --apply abc`, { client });
    expect(asked.at(-1)).toMatchObject({
      ...{ expect: 'abc', person: 'office-1', id: 'a-1' },
      adjustment: { kind: 'amend', timers: 'restart' },
    });
  });

  it('refuses a version of another campaign before it asks anything', async () => {
    const { client, asked } = createFakeClient();
    const { exit, err } = await tell('amend autumn definitions/safety-month-2026 --reason "no"', { client });
    expect([exit, asked]).toEqual([1, []]);
    expect(err).toContain('[AMEND_OTHER_CAMPAIGN]');
  });

  it('refuses a definition with errors', async () => {
    expect((await tell('amend autumn definitions/invalid/cycle.yaml --reason "no"')).err).toContain('[DEFINITION_INVALID]');
  });

  it('wants a reason', async () => {
    expect(await tell('amend autumn definitions/first')).toMatchObject({ exit: 2 });
  });
});
