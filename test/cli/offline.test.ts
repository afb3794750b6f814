/** `test`, `simulate`, `explain` and `new` from the command line: what they print and how they end. No part is running and none is asked for. */
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { readCalendars } from '../../compiler/read-definition.ts';
import type { FakeMachine } from './fake-host.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { playWith } from '../scenarios/played.ts';
import { BAD_ROW, DEFINITION, ROSTER, tell } from './fake-host.ts';

const connects = (): never => {
  throw new Error('nothing is to be connected');
};

function withScenario(...lines: string[]): FakeMachine {
  const text = ['shigeyi-test: 1', 'title: { zh: 示例, en: Example }', 'register: { unions: 1, households: 1 }', ...lines].join(
    '\n',
  );
  return { host: { connect: connects, findScenarios: () => [{ path: 'one.test.yaml', text }] } };
}
const PASSES = ['steps:', '  - at: 2020-10-13 00:00', '    expect: { open: [c/evaluation-closed] }'];
const FAILS = ['steps:', '  - at: 2020-10-13 00:00', '    expect: { done: [c/evaluation-closed] }'];

describe('test', () => {
  it('ends with 0 when every scenario passes, and says what they cover', async () => {
    const { exit, out } = await tell(`test ${DEFINITION}`, withScenario(...PASSES));
    expect(exit).toBe(0);
    expect(out).toContain('✓ one.test.yaml  示例  1 step');
    expect(out).toMatch(/tasks finished\s+0 of 36/);
    expect(out).toContain('1 of 1 scenario passed; 0 % covered.');
  });

  it('ends with 1 when one fails, and shows the line that expects otherwise', async () => {
    const { exit, out } = await tell(`test ${DEFINITION}`, withScenario(...FAILS));
    expect(exit).toBe(1);
    expect(out).toContain(
      [
        "  one.test.yaml:6:22 'c/evaluation-closed'",
        '    6 | expect: { done: [c/evaluation-closed] }',
        '      expected  done',
        '      found     open (due 2020-10-15)',
      ].join('\n'),
    );
  });

  it('ends with 1 when less is covered than was asked for', async () => {
    const { exit, out } = await tell(`test ${DEFINITION} --threshold 50`, withScenario(...PASSES));
    expect(exit).toBe(1);
    expect(out).toContain('0 % covered, and 50 % was asked for.');
  });

  it('tells of a scenario that cannot be read where it cannot', async () => {
    const { exit, out } = await tell(`test ${DEFINITION}`, withScenario('stpes: []'));
    expect(exit).toBe(1);
    expect(out).toContain('one.test.yaml:4:1 UNKNOWN_KEY');
  });

  it('refuses a definition without scenarios', async () => {
    const { exit, err } = await tell(`test ${DEFINITION}`, { host: { connect: connects, findScenarios: () => [] } });
    expect(exit).toBe(1);
    expect(err).toContain('[NO_SCENARIOS]');
  });

  it('plays only those that are asked for', async () => {
    const { out } = await tell(`test ${DEFINITION} --only sweep`, { host: { connect: connects } });
    expect(out).toContain('1 of 1 scenario passed');
    const { err } = await tell(`test ${DEFINITION} --only linwei`, { host: { connect: connects } });
    expect(err).toContain("has no scenario called 'linwei'");
  });
});

describe('simulate', () => {
  const machine: FakeMachine = { host: { connect: connects } };

  it('shows the work by phase and union, and the people with the heaviest days', async () => {
    const { exit, out } = await tell(`simulate ${DEFINITION} --unions 2 --households 6 --top 3`, machine);
    expect(exit).toBe(0);
    expect(out).toMatch(/核查走访阶段\s+union-01/);
    expect(out).toContain('Load of the 3 people with the heaviest days, of ');
    expect(out).toMatch(/Busiest days: acts on 2020-\d\d-\d\d: \d+/);
  });

  it('says the same for the same seed, and something else for another', async () => {
    const words = `simulate ${DEFINITION} --unions 1 --households 4 --json`;
    const [first, again, other] = [
      await tell(words, machine),
      await tell(words, machine),
      await tell(`${words} --seed 2`, machine),
    ];
    expect(again.out).toBe(first.out);
    expect(JSON.parse(other.out).days).not.toEqual(JSON.parse(first.out).days);
  });

  it('has nothing late when everybody is in time', async () => {
    const words = `simulate ${DEFINITION} --unions 1 --households 4 --late 0 --never 0 --json`;
    const { lines } = JSON.parse((await tell(words, machine)).out) as { lines: { late: number; unfinished: number }[] };
    expect(lines.filter(({ late, unfinished }) => late + unfinished > 0)).toEqual([]);
  });

  it('does as people answer in the file that is given', async () => {
    const files = { 'answers.yaml': 'determination: { outcome: exit, exitReason: lifted }' };
    const words = `simulate ${DEFINITION} --unions 1 --households 6 --late 0 --never 0 --answers answers.yaml --json`;
    const { targets } = JSON.parse((await tell(words, { ...machine, files })).out) as {
      targets: { of: number; counts: { exited: number; neither: number } }[];
    };
    expect(targets[0]!.counts.exited).toBe(0);
  });

  it.each([
    ['no YAML', '{', 'ANSWERS_UNREADABLE'],
    ['the wrong shape', 'determination: [1]', 'ANSWERS_UNREADABLE'],
  ])('refuses answers that are %s', async (_what, text, code) => {
    const { exit, err } = await tell(`simulate ${DEFINITION} --answers a.yaml`, { ...machine, files: { 'a.yaml': text } });
    expect(exit).toBe(1);
    expect(err).toContain(`[${code}]`);
  });

  it('takes a register as it is, and refuses one with bad rows', async () => {
    const given = await tell(`simulate ${DEFINITION} --roster r.xlsx --json`, {
      ...machine,
      roster: { roster: ROSTER, issues: [] },
    });
    expect(JSON.parse(given.out).instances).toBeGreaterThanOrEqual(1 + ROSTER.unions.length + ROSTER.households.length);
    const bad = await tell(`simulate ${DEFINITION} --roster r.xlsx`, {
      ...machine,
      roster: { roster: ROSTER, issues: [BAD_ROW] },
    });
    expect(bad.exit).toBe(1);
    expect(bad.err).toContain('[ROSTER_INVALID]');
  });

  it('says of the fullest days what falls due, in words', async () => {
    const { out } = await tell(`simulate ${DEFINITION} --unions 1 --households 6`, machine);
    expect(out).toMatch(/union-01-officer-\d: \d+ deadlines on 10-28: .*\d+ 核查困难职工家庭/);
  });

  it('shows phases and not every union where there are many', async () => {
    const { out } = await tell(`simulate ${DEFINITION} --unions 24 --households 24`, machine);
    expect(out).toContain('Work by phase, of 24 unions and the federation together');
    expect(out).toMatch(/核查走访阶段\s+all 24/);
    expect(out).not.toMatch(/核查走访阶段\s+union-01/);
  });

  it('draws the load to a file, and answers as without it', async () => {
    const words = `simulate ${DEFINITION} --unions 1 --households 4`;
    const written: Record<string, string> = {};
    const drawn = await tell(`${words} --svg load.svg --lang en`, { ...machine, written });
    expect(written['load.svg']).toContain('load day by day, simulated');
    expect(drawn.out).toBe((await tell(words, machine)).out);
  });

  it('answers with a summary that is as long for many households as for few', async () => {
    const words = (households: number) => `simulate ${DEFINITION} --unions 1 --households ${households} --json`;
    const [few, many] = [await tell(words(40), machine), await tell(words(160), machine)];
    expect(many.out.length).toBeLessThan(few.out.length * 1.5);
  });

  it('does not make up a register beside one that is given', async () =>
    expect((await tell(`simulate ${DEFINITION} --roster r.xlsx --unions 3`, machine)).exit).toBe(2));
});

describe('explain', () => {
  it('says why, step by step, with the days that are skipped', async () => {
    const { exit, out } = await tell(`explain ${DEFINITION} aid-list`, { host: { connect: connects } });
    expect(exit).toBe(0);
    expect(out).toContain('Basis: the document, at 六（四）6.');
    expect(out).toContain('2020-10-31 Saturday, weekend: skipped');
    expect(out).toContain('if vacant');
  });

  it('suggests the task that was meant', async () => {
    const { exit, err } = await tell(`explain ${DEFINITION} aid-lst`, { host: { connect: connects } });
    expect(exit).toBe(1);
    expect(err).toContain("Did you mean 'aid-list'? [UNKNOWN_TASK]");
  });

  it('takes what an outcome asks for again for one of several', async () => {
    expect((await tell('explain definitions/winter-visits-2026 wishes.2', { host: { connect: connects } })).exit).toBe(0);
    expect(
      (await tell('explain definitions/winter-visits-2026 visit-household.2', { host: { connect: connects } })).err,
    ).toContain('UNKNOWN_TASK');
  });

  it.each([
    ['--opened 2020-01-01', 'OPENING_OUT_OF_RANGE', 1],
    ['--opened nonsense', 'OPENING_OUT_OF_RANGE', 1],
    ['--row-due 2020-11-20', 'MISUSE', 2],
  ])('refuses %s', async (words, code, expected) => {
    const { exit, err } = await tell(`explain ${DEFINITION} aid-list ${words}`, { host: { connect: connects } });
    expect([exit, err]).toEqual([expected, expect.stringContaining(`[${code}]`)]);
  });

  const register: FakeMachine = {
    host: { connect: connects },
    roster: { roster: createSampleRoster({ seed: 1, unions: 2, households: 4, earlier: 1 }), issues: [] },
  };

  it('says for a household of a register whether it comes up there, who holds it and who is told', async () => {
    const { exit, out } = await tell(`explain ${DEFINITION} visit --roster r.xlsx --household h-001`, register);
    expect(exit).toBe(0);
    expect(out).toContain('For h/h-001\n  It comes up here, once what it waits for is there.');
    expect(out).toContain('Held by whoever pairing names, cadre');
    expect(out).toContain('here union-01-head');
  });

  it.each([
    ['visit', 'the campaign of a task that has one for each household', '', 'MISUSE'],
    ['visit', 'a union for it', '--union union-01', 'MISUSE'],
    ['visit', 'a household beside a union', '--union union-01 --household h-001', 'MISUSE'],
    ['visit', 'a household that the register does not have', '--household h-01', 'UNKNOWN_HOUSEHOLD'],
    ['union-summary', 'a union that the register does not have', '--union union-1', 'UNKNOWN_UNION'],
  ])('of %s refuses %s', async (task, _what, words, code) => {
    const { err } = await tell(`explain ${DEFINITION} ${task} --roster r.xlsx ${words}`, register);
    expect(err).toContain(`[${code}]`);
  });

  it('explains the task of a union for one of its households', async () => {
    const { out } = await tell(`explain ${DEFINITION} union-summary --roster r.xlsx --household h-001`, register);
    expect(out).toContain('For u/union-01\n');
  });

  it('refuses a household without a register', async () =>
    expect((await tell(`explain ${DEFINITION} visit --household h-001`, { host: { connect: connects } })).err).toContain(
      'Add --roster FILE',
    ));

  it('refuses a row that names a day it may not', async () => {
    const { err } = await tell(`explain ${DEFINITION} measure --row-due 2021-12-31`, { host: { connect: connects } });
    expect(err).toContain('[ROW_DUE_OUT_OF_RANGE]');
  });
});

describe('new', () => {
  it('writes a definition that compiles without an issue or a warning', async () => {
    const folders: Record<string, readonly { path: string; text: string }[]> = {};
    const { exit, out } = await tell('new mine --from 2026-03-02', { folders });
    expect(exit).toBe(0);
    expect(out).toContain('campaign mine, 2026-03-02 to 2026-03-08');
    const [definition] = folders['mine']!;
    const compiled = compileDefinition({ files: [definition!], calendars: readCalendars('definitions/calendars') });
    expect('plan' in compiled ? compiled.warnings : compiled.issues).toEqual([]);
    expect(folders['mine']![0]!.text.split('\n').length).toBeLessThanOrEqual(70);
  });

  it.each(['2026-03-02', '2026-06-03', '2026-07-17'])('writes a scenario that passes, from %s', async (from) => {
    const folders: Record<string, readonly { path: string; text: string }[]> = {};
    const { out } = await tell(`new mine --from ${from}`, { folders });
    expect(out).toContain('npx shigeyi test mine');
    const [definition, scenario] = folders['mine']!;
    expect(scenario!.path).toBe('first.test.yaml');
    const compiled = compileDefinition({ files: [definition!], calendars: readCalendars('definitions/calendars') });
    if (!('plan' in compiled)) throw new Error('it does not compile');
    expect(await playWith(compiled, scenario!.text)).toEqual([]);
    const other = scenario!.text.replace('overdue: []', 'overdue: [u/union-01/scheme]');
    expect(await playWith(compiled, other)).toHaveLength(1);
  });

  it('writes nothing into a folder that holds anything', async () => {
    const { exit, err } = await tell('new mine --from 2026-03-02', { folders: { mine: [] } });
    expect(exit).toBe(1);
    expect(err).toContain('[FOLDER_NOT_EMPTY]');
  });

  it('refuses dates that no calendar reaches, and names a Monday that one does', async () => {
    const folders = {};
    const { exit, err } = await tell('new mine --from 2031-03-03', { folders });
    expect(exit).toBe(1);
    expect(err).toMatch(/\[CALENDAR_SHORT\]/);
    expect(folders).toEqual({});
  });
});

describe('graph', () => {
  it.each([
    ['', '<svg '],
    [' --as gantt --lang en', '<svg '],
    [' --format mermaid', 'flowchart TD'],
  ])('prints a picture and nothing else: graph PATH%s', async (words, start) => {
    const { exit, out, err } = await tell(`graph ${DEFINITION}${words}`, { host: { connect: connects } });
    expect([exit, err]).toEqual([0, '']);
    expect(out.startsWith(start)).toBe(true);
  });

  it.each(['--as tree', '--format png', '--lang fr', '--as gantt --format mermaid'])('does not know %s', async (words) =>
    expect((await tell(`graph ${DEFINITION} ${words}`, { host: { connect: connects } })).exit).toBe(2),
  );
});

describe('diff', () => {
  const machine: FakeMachine = { host: { connect: connects } };
  it('says that nothing changes between a definition and itself', async () =>
    expect(await tell(`diff ${DEFINITION} ${DEFINITION}`, machine)).toEqual({
      exit: 0,
      out: 'Nothing changes for people.',
      err: '',
    }));

  it('tells what came and what went, and is no failure', async () => {
    const { exit, out } = await tell(`diff definitions/first ${DEFINITION}`, machine);
    expect(exit).toBe(0);
    expect(out).toContain('+ task visit 入户走访 (Visit)');
    expect(out).toContain('- task plan 工作计划 (Plan)');
  });

  it('refuses a definition that is not sound', async () => {
    const { exit, err } = await tell(`diff ${DEFINITION} definitions/invalid/ten-mistakes.yaml`, machine);
    expect([exit, err]).toEqual([1, expect.stringContaining('[DEFINITION_INVALID]')]);
  });
});
