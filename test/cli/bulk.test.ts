/** Commands asked of many: read and checked first, shown, done on the hash of what was shown, with a result of each. */
import { describe, expect, it } from 'vitest';
import type { BulkOutcome } from '../../client/bulk.ts';
import { Refused } from '../../client/client-error.ts';
import { BulkEnd, BulkLine, OneOrManyAnswer } from '../../cli/bulk/shapes.ts';
import { createFakeClient, type FakeMachine, tell } from './fake-host.ts';

const REASON = '--reason "as decided"';
const LIST = 'instance,task,to\nh/h-001,visit,cadre-2\nh/h-002,visit,cadre-3\nh/h-003,visit,\n';
const files = { 'list.csv': LIST, '-': LIST };
const MANY = `reassign autumn --tasks list.csv --to cadre-9 ${REASON}`;

const ask = async (words: string, machine: FakeMachine = {}) => {
  const { client, asked } = createFakeClient();
  const told = await tell(words, { client, files, ...machine });
  return { ...told, asked };
};
const linesOf = (out: string): unknown[] => out.split('\n').map((line) => JSON.parse(line) as unknown);

describe('a list of tasks', () => {
  it.each(['list.csv', '-'])('is asked of the run in its order, and nothing is changed without --apply: %s', async (file) => {
    const { exit, asked, out } = await ask(MANY.replace('list.csv', file));
    expect(asked).toEqual([
      {
        run: 'autumn',
        items: [
          ['h/h-001', 'cadre-2'],
          ['h/h-002', 'cadre-3'],
          ['h/h-003', 'cadre-9'],
        ].map(([instance, to]) => ({
          for: { instance },
          adjustment: { kind: 'reassign', task: 'visit', to },
          reason: 'as decided',
        })),
      },
    ]);
    expect(exit).toBe(1);
    expect(out).toContain('Nothing was changed. 2 adjustments would touch 2 tasks. 1 would be refused.');
    expect(out).toContain(`To do exactly this: npx shigeyi ${MANY.replace('list.csv', file)} --apply abc123`);
    expect(out).toContain('HOLDS_ALREADY');
  });

  it('is done as it was seen when it is given the hash of that, under an id that the hash makes', async () => {
    const { asked, exit, out, err } = await ask(`${MANY} --apply abc123`);
    expect(asked).toMatchObject([{ run: 'autumn', expect: 'abc123', items: [{}, {}, {}] }]);
    expect(asked[0]).not.toHaveProperty('id');
    expect(exit).toBe(1);
    expect(out).toMatch(/3\s+h\/h-002\/visit\s+refused\s+HOLDS_ALREADY\s+it is with them already/);
    expect(out).toContain(
      `Done: 2 of 3, 2 tasks; 1 not. To try those again: npx shigeyi ${MANY} --apply abc123 --id bulk-abc123`,
    );
    expect(err).toContain('0 of 3');
  });

  it('is done unseen when that is asked for, under the id that is given', async () => {
    const { asked } = await ask(`${MANY} --apply now --id week-43`);
    expect(asked).toMatchObject([{ id: 'week-43' }]);
    expect(asked[0]).not.toHaveProperty('expect');
  });

  it('is refused with every line that cannot be used, before the run is asked anything', async () => {
    const list = 'instance,task,to\nh/h-001,visit,\nnowhere,visit,cadre-2\n';
    const { exit, err, asked } = await ask(`reassign autumn --tasks list.csv ${REASON}`, { files: { 'list.csv': list } });
    expect([exit, asked]).toEqual([1, []]);
    expect(err).toContain('2 things are wrong with list.csv; nothing was changed. Put right what is listed. [LIST_INVALID]');
    expect(err).toContain('list.csv:2:to: it is not said: to');
    expect(err).toContain('list.csv:3:instance: this is no task');
  });

  it('that names nothing is refused', async () =>
    expect((await ask(`recall autumn --tasks list.csv ${REASON}`, { files: { 'list.csv': 'task\n' } })).err).toContain(
      '[LIST_EMPTY]',
    ));

  it('of extensions may name an instance alone, for all of its tasks', async () => {
    const list = 'instance,task,by,reason\nh/h-001,,,\nu/union-01,sweep,2d,flooded\n';
    const { asked } = await ask(`extend autumn --tasks list.csv --by 3wd ${REASON}`, { files: { 'list.csv': list } });
    expect(asked).toMatchObject([
      {
        items: [
          {
            for: { instance: 'h/h-001' },
            adjustment: { of: { all: true }, deadline: { by: { unit: 'workingDays', count: 3 } } },
            reason: 'as decided',
          },
          {
            for: { instance: 'u/union-01' },
            adjustment: { of: { task: 'sweep' }, deadline: { by: { unit: 'days', count: 2 } } },
            reason: 'flooded',
          },
        ],
      },
    ]);
  });

  it('of extensions must say of each how far', async () => {
    const list = 'task,by\nh/h-001/visit,\nh/h-002/visit,soon\n';
    const { err } = await ask(`extend autumn --tasks list.csv ${REASON}`, { files: { 'list.csv': list } });
    expect(err).toContain('list.csv:2:by: a deadline is moved by so much, or to a time');
    expect(err).toContain('list.csv:3:by: this is no stretch of time');
  });
});

describe('a list of people', () => {
  it('is asked of everybody for each of them', async () => {
    const list = 'person,by,until\ncadre-1,cadre-2,2020-11-06\ncadre-3,cadre-4,2020-11-06\n';
    const { asked } = await ask(`cover autumn --people list.csv ${REASON}`, { files: { 'list.csv': list } });
    expect(asked).toMatchObject([
      {
        items: [
          { for: { all: true }, adjustment: { kind: 'cover', person: 'cadre-1', by: 'cadre-2' } },
          { for: { all: true }, adjustment: { kind: 'cover', person: 'cadre-3', by: 'cadre-4' } },
        ],
      },
    ]);
  });

  it('may be of those who leave', async () => {
    const { asked } = await ask(`handover autumn --people list.csv ${REASON}`, { files: { 'list.csv': 'from,to\na,b\n' } });
    expect(asked).toMatchObject([{ items: [{ adjustment: { kind: 'cover', person: 'a', by: 'b', until: null } }] }]);
  });

  it('may be of those who are back', async () => {
    const { asked } = await ask(`uncover autumn --people list.csv ${REASON}`, { files: { 'list.csv': 'person\na\n' } });
    expect(asked).toMatchObject([{ items: [{ adjustment: { kind: 'uncover', person: 'a' } }] }]);
  });
});

describe('a list of instances', () => {
  const list = 'instance,reason\nh/h-001,\nu/union-02,flooded\n';

  it.each([
    ['pause', { cause: 'self' }, { cause: 'union' }],
    ['resume', { cause: 'self' }, { cause: 'union' }],
    ['withdraw', { cause: 'self' }, { cause: 'union' }],
    ['readmit', { cause: 'self' }, { cause: 'union' }],
  ])('may be given to %s: of a union with its households', async (kind, alone, together) => {
    const { asked } = await ask(`${kind} autumn --instances list.csv ${REASON}`, { files: { 'list.csv': list } });
    expect(asked).toEqual([
      {
        run: 'autumn',
        items: [
          { for: { instance: 'h/h-001' }, adjustment: { kind, ...alone }, reason: 'as decided' },
          { for: { union: 'union-02' }, adjustment: { kind, ...together }, reason: 'flooded' },
        ],
      },
    ]);
  });
});

describe('a list of households', () => {
  it('may be of those who move, each to a union of its own', async () => {
    const list = 'household,to\nh-001,union-02\nh-002,\n';
    const { asked } = await ask(`move autumn --households list.csv --to union-03 ${REASON}`, { files: { 'list.csv': list } });
    expect(asked).toMatchObject([
      {
        items: [
          { for: { instance: 'h/h-001' }, adjustment: { kind: 'move', to: 'union-02' } },
          { for: { instance: 'h/h-002' }, adjustment: { kind: 'move', to: 'union-03' } },
        ],
      },
    ]);
  });

  it('has ids as the register has them', async () => {
    const { err } = await ask(`move autumn --households list.csv --to union-03 ${REASON}`, {
      files: { 'list.csv': 'household\nh/h-001\n' },
    });
    expect(err).toContain('list.csv:2:household: this is no household');
  });
});

describe('what is undone', () => {
  it('may be a list of tasks that nobody has to do', async () => {
    const { asked } = await ask(`waive autumn --tasks list.csv ${REASON}`, { files: { 'list.csv': 'task\nh/h-001/visit\n' } });
    expect(asked).toMatchObject([{ items: [{ adjustment: { kind: 'waive', task: 'visit' } }] }]);
  });

  it('is chosen among what is done, where that is opened again', async () => {
    const { asked } = await ask(`reopen autumn --template visit --to 2020-11-06 ${REASON}`);
    expect(asked).toMatchObject([
      { status: 'done', template: 'visit' },
      { items: [{ adjustment: { kind: 'reopen', task: 'visit', deadline: expect.any(Number) } }, {}] },
    ]);
  });

  it('is taken back by whoever handed it in', async () => {
    const { asked } = await ask(`retract autumn --tasks list.csv ${REASON}`, { files: { 'list.csv': 'task\nh/h-001/visit\n' } });
    const { submission, submittedBy } = await createFakeClient().client.handedIn('autumn', 'h/h-001/visit');
    expect(submittedBy).not.toBeNull();
    expect(asked).toMatchObject([
      { items: [{ adjustment: { kind: 'retract', task: 'visit', submission }, person: submittedBy }] },
    ]);
  });

  it('is named with its line when there is no such task', async () => {
    const { client } = createFakeClient({
      handedIn: () =>
        Promise.reject(new Refused({ code: 'NOT_OPEN_YET', message: 'it is not open yet', remedy: 'wait until it is' })),
    });
    const { err } = await ask(`retract autumn --tasks list.csv ${REASON}`, { client, files: { 'list.csv': 'task\nc/a\n' } });
    expect(err).toContain('list.csv:2:1: it is not open yet; wait until it is [NOT_OPEN_YET]');
  });
});

describe('a choice of tasks', () => {
  it.each([
    ['reassign autumn --holder cadre-1 --phase visits --to cadre-2', { status: 'open', holder: 'cadre-1', phase: 'visits' }],
    ['recall autumn --union union-01 --template sweep', { status: 'open', union: 'union-01', template: 'sweep' }],
    ['delegate autumn --household h-001 --to cadre-2', { status: 'open', household: 'h-001' }],
    ['extend autumn --status overdue --union union-01 --by 3d', { status: 'overdue', union: 'union-01' }],
  ])('is made in the words of `tasks`: %s', async (words, choice) => {
    const { asked } = await ask(`${words} ${REASON}`);
    expect(asked).toMatchObject([choice, { items: [{ for: { instance: 'h/h-001' } }, { for: { instance: 'h/h-002' } }] }]);
  });

  it('of none is refused', async () => {
    const { client } = createFakeClient({ chooseTasks: () => Promise.resolve([]) });
    expect((await ask(`recall autumn --status open ${REASON}`, { client })).err).toContain('there are no such tasks');
  });

  it('by union alone is still everything there and what comes up later, where deadlines are moved', async () => {
    const { asked } = await ask(`extend autumn --union union-01 --by 3d ${REASON}`);
    expect(asked).toMatchObject([{ for: { union: 'union-01' } }]);
  });
});

describe('with --json', () => {
  it.each(['', '--apply abc123'])('each has a line of the documented shape, and the end another: %s', async (apply) => {
    const { out } = await ask(`${MANY} ${apply} --json`);
    const lines = linesOf(out);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(OneOrManyAnswer.safeParse(line).error).toBeUndefined();
    expect(BulkLine.parse(lines[2])).toMatchObject({ line: 4, item: { instance: 'h/h-003', task: 'visit', to: 'cadre-9' } });
    expect(BulkEnd.parse(lines[3]).end).toMatchObject({ items: 3, states: { refused: 1 } });
  });

  it('says nothing else', async () => expect((await ask(`${MANY} --apply now --json`)).err).toBe(''));
});

describe('the result in a file', () => {
  it('is what --json prints', async () => {
    const written: Record<string, string> = {};
    await ask(`${MANY} --apply abc123 --results out.jsonl`, { written });
    expect(written['out.jsonl']).toBe((await ask(`${MANY} --apply abc123 --json`)).out);
  });

  it('has a place to be written before anything is done', async () => {
    const { client, asked } = createFakeClient();
    const host = { writeLines: () => Promise.reject(new Error('there is one already')) };
    await ask(`${MANY} --apply now --results out.jsonl`, { client, host });
    expect(asked).toEqual([]);
  });

  it('is not written of what is only looked at', async () => {
    const written: Record<string, string> = {};
    await ask(`${MANY} --results out.jsonl`, { written });
    expect(written).toEqual({});
  });

  it('is what those that failed are tried again from, with their own words and ids', async () => {
    const written: Record<string, string> = {};
    const first = await ask(`${MANY} --apply abc123 --results out.jsonl`, { written });
    expect(first.out).toContain('To try those again: npx shigeyi reassign autumn --retry out.jsonl');
    const { asked } = await ask('reassign autumn --retry out.jsonl', { files: written });
    expect(asked).toEqual([
      {
        run: 'autumn',
        items: [
          {
            for: { instance: 'h/h-002' },
            adjustment: { kind: 'reassign', task: 'visit', to: 'cadre-3' },
            reason: 'as decided',
            command: 'bulk-abc123|1',
          },
        ],
      },
    ]);
  });

  it('in which nothing failed leaves nothing to do', async () =>
    expect((await ask('reassign autumn --retry out.jsonl', { files: { 'out.jsonl': '' } })).err).toContain(
      'nothing failed in it',
    ));
});

describe('how it ended', () => {
  const endingIn = async (...states: readonly Exclude<BulkOutcome['state'], 'done'>[]) => {
    const { client } = createFakeClient({
      applyBulk: ({ items }) =>
        Promise.resolve(
          items.map((_item, index): BulkOutcome => {
            const state = states[index];
            const at = { index, command: `c-${index}` };
            return state === undefined ? { ...at, state: 'done', adjusted: 1 } : { ...at, state, code: 'X', message: 'x' };
          }),
        ),
    });
    return await ask(`${MANY} --apply now`, { client });
  };

  it('is told by the exit code: all done, some refused or left, some without an answer', async () => {
    const exits = [await endingIn(), await endingIn('refused'), await endingIn('left'), await endingIn('unanswered', 'left')];
    expect(exits.map(({ exit }) => exit)).toEqual([0, 1, 1, 3]);
    expect(exits[0]!.out).toBe('Done: all 3, 3 tasks.');
  });
});

describe('misuse', () => {
  it.each([
    ['nothing is named', `reassign autumn --to cadre-2 ${REASON}`],
    ['one is named, and a file', `reassign autumn h/h-001/visit --tasks list.csv --to cadre-2 ${REASON}`],
    ['one is named, and a choice', `extend autumn h/h-001/visit --status overdue --by 3d ${REASON}`],
    ['one person is named, and a file', `handover autumn --from a --to b --people list.csv ${REASON}`],
    ['a file is given, and a choice', `reassign autumn --tasks list.csv --status open --to cadre-2 ${REASON}`],
    ['a file is given, and everybody', `extend autumn --tasks list.csv --all --by 3d ${REASON}`],
    ['two files are given', `reassign autumn --tasks list.csv --retry list.csv --to cadre-2 ${REASON}`],
    ['those tried again get other words', 'reassign autumn --retry list.csv --to cadre-2'],
    ['those tried again get another reason', `reassign autumn --retry list.csv ${REASON}`],
    ['it is not said what becomes of those chosen', `reassign autumn --status open ${REASON}`],
    ['the result of one is to be written', `reassign autumn h/h-001/visit --to cadre-2 ${REASON} --results out.jsonl`],
    ['the result of a revision is to be written', `extend autumn --all --by 3d ${REASON} --results out.jsonl`],
    ['it is not said why', 'recall autumn --status open'],
    ['it is not said how far', `extend autumn --status open ${REASON}`],
    ['instances are named, and a union', `pause autumn --instances list.csv --union union-01 ${REASON}`],
    ['it is not said why somebody is paused', 'pause autumn --union union-01'],
    ['the status is no word of `tasks`', `recall autumn --status late ${REASON}`],
  ])('is told before anything is asked, when %s', async (_what, words) => {
    const { exit, asked } = await ask(words);
    expect([exit, asked]).toEqual([2, []]);
  });
});

describe('the list of tasks', () => {
  it('is narrowed in the same words', async () => {
    const { asked } = await ask('tasks autumn --status overdue --phase visits --template visit');
    expect(asked).toEqual([{ status: 'overdue', phase: 'visits', template: 'visit', limit: 200 }]);
  });
});
