/** The commands that compare a register with that of a run and bring the run to it, on a machine that is made up. */
import { describe, expect, it } from 'vitest';
import { RegisterAnswer } from '../../cli/register-answer.ts';
import type { RegisterResult } from '../../client/apply-register.ts';
import { Refused } from '../../client/client-error.ts';
import { BAD_ROW, createFakeClient, ROSTER, tell } from './fake-host.ts';

const REASON = '--reason "register of November"';

describe('roster', () => {
  it('shows what is other, what would be done and what is left, and changes nothing', async () => {
    const { client, asked } = createFakeClient();
    const { exit, out } = await tell('roster autumn register.xlsx', { client });
    expect(exit).toBe(0);
    expect(asked).toEqual([{ run: 'autumn', roster: ROSTER, onlyNew: false, withdrawGone: false }]);
    expect(out).toContain('1 new household, 1 household that is not in the file.');
    expect(out).toContain("left, GONE_FROM_FILE: 'h-002' is not in the file");
    expect(out).toContain('GONE_FROM_FILE: with --withdraw-gone they leave.');
    expect(out).toContain('1 household of the file left the run before');
    expect(out).toContain('It would do 1 item, and leave 1 as it is.');
    expect(out).toMatch(/--apply abc123$/);
  });

  it('does exactly that, and says what became of each', async () => {
    const { client, asked } = createFakeClient();
    const { exit, out } = await tell(`roster autumn register.xlsx --withdraw-gone ${REASON} --as office-2 --apply abc123`, {
      client,
    });
    expect(exit).toBe(0);
    expect(asked).toEqual([
      {
        ...{ run: 'autumn', roster: ROSTER, onlyNew: false, withdrawGone: true },
        ...{ person: 'office-2', reason: 'register of November', expect: 'abc123' },
      },
    ]);
    expect(out).toContain('Done: 1 of 2 items, 1 left.');
  });

  it('says how far it is', async () => {
    expect((await tell(`roster autumn register.xlsx ${REASON} --apply now`)).err).toContain('register of autumn: 1 of 2');
  });

  it('prints what --json promises, before and after', async () => {
    for (const more of ['', `${REASON} --apply now`]) {
      const { out } = await tell(`roster autumn register.xlsx ${more} --json`);
      const answer = RegisterAnswer.parse(JSON.parse(out));
      expect(answer).toMatchObject({ applied: more !== '', counts: { 'household-new': 1, 'household-gone': 1 } });
    }
  });

  it('is misused when it is to change something and does not say why', async () =>
    expect(await tell('roster autumn register.xlsx --apply now')).toMatchObject({ exit: 2 }));

  it('lists every bad row with its line, and asks for nothing', async () => {
    const { client, asked } = createFakeClient();
    const { exit, err } = await tell(`roster autumn register.xlsx ${REASON} --apply now`, {
      client,
      roster: { roster: ROSTER, issues: [BAD_ROW] },
    });
    expect([exit, asked]).toEqual([1, []]);
    expect(err).toContain('困难职工, line 7');
    expect(err).toContain('[ROSTER_INVALID]');
  });

  it('does not speak of rows when the whole file cannot be read', async () => {
    const issue = { ...BAD_ROW, line: 0, message: 'there is no such file or folder', hint: 'check the path' };
    for (const command of [
      `roster autumn nowhere.xlsx ${REASON}`,
      'start definitions/first --roster nowhere.xlsx --rehearse 90s --dry-run',
    ]) {
      const { exit, err } = await tell(command, {
        roster: { roster: { unions: [], people: [], households: [] }, issues: [issue] },
      });
      expect(exit).toBe(1);
      expect(err).toContain('there is no such file or folder');
      expect(err).not.toMatch(/row|line 0|skip/);
    }
  });

  const withResults = (...results: readonly Partial<RegisterResult>[]) =>
    createFakeClient({
      applyRegister: () => {
        const nothing = {
          from: null,
          to: null,
          fields: [],
          union: null,
          code: null,
          message: null,
          remedy: null,
          revision: null,
        };
        const all = results.map(
          (result) => ({ ...nothing, kind: 'household-new', id: 'h-101', state: 'done', ...result }) as RegisterResult,
        );
        return Promise.resolve({ command: 'made-up', results: all });
      },
    }).client;

  it('ends as refused when some of it was', async () => {
    const client = withResults(
      {},
      { id: 'h-102', state: 'refused', code: 'HOUSEHOLD_ON_FILE', message: 'it is', remedy: 'leave it out' },
    );
    const { exit, out } = await tell(`roster autumn register.xlsx ${REASON} --apply now`, { client });
    expect(exit).toBe(1);
    expect(out).toContain('Done: 1 of 2 items, 1 refused.');
  });

  it('says what is left to do when it was interrupted', async () => {
    const client = withResults({}, { id: 'h-102', state: 'open' });
    const { exit, err } = await tell(`roster autumn register.xlsx ${REASON} --apply now`, { client });
    expect(exit).toBe(1);
    expect(err).toContain('[INTERRUPTED]');
  });

  it('says so when nothing is other', async () => {
    const { client } = createFakeClient({ compareRegister: () => Promise.resolve({ hash: 'x', away: 0, entries: [] }) });
    expect((await tell('roster autumn register.xlsx', { client })).out).toBe('The register of autumn and the file say the same.');
  });

  it('passes a refusal on', async () => {
    const refusal = { code: 'STATE_MOVED', message: 'it has changed', remedy: 'look again' } as const;
    const { client } = createFakeClient({ applyRegister: () => Promise.reject(new Refused(refusal)) });
    expect((await tell(`roster autumn register.xlsx ${REASON} --apply abc`, { client })).err).toContain('[STATE_MOVED]');
  });
});

describe('admit', () => {
  it('asks for whoever is new alone, and reads a part of a register by the unions of the run', async () => {
    const { client, asked } = createFakeClient();
    const questions: unknown[] = [];
    const { exit, out } = await tell('admit autumn --roster later.xlsx', {
      client,
      host: {
        readRoster: (file, question) => {
          questions.push(file, question);
          return Promise.resolve({ roster: ROSTER, issues: [] });
        },
      },
    });
    expect([exit, asked]).toEqual([0, [{ run: 'autumn', roster: ROSTER, onlyNew: true, withdrawGone: false }]]);
    expect(questions).toEqual(['later.xlsx', { asOf: '2020-10-22', known: ['union-01'] }]);
    expect(out).toMatch(/admit autumn --roster later\.xlsx --reason "…" --apply abc123$/);
  });

  it.each([
    ['a run that there is not', 'admit spring --roster later.xlsx', ROSTER, 'UNKNOWN_RUN'],
    ['a file without rows', 'admit autumn --roster later.xlsx', { unions: [], people: [], households: [] }, 'ROSTER_EMPTY'],
  ])('refuses %s', async (_what, words, roster, code) => {
    const { exit, err } = await tell(words, { roster: { roster, issues: [] } });
    expect(exit).toBe(1);
    expect(err).toContain(`[${code}]`);
  });
});
