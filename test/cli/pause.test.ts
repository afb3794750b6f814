/** The commands that let clocks stand still and go on, on a machine that is made up. */
import { describe, expect, it } from 'vitest';
import { AdjustmentAnswer } from '../../cli/adjustment.ts';
import { createFakeClient, SUMMARY, tell } from './fake-host.ts';

const REASON = '--reason "flooded roads"';

describe.each(['pause', 'resume'] as const)('%s', (kind) => {
  it.each([
    ['the whole run, when nobody is named', '', { all: true }, 'run'],
    ['a union and its households', '--union union-01', { union: 'union-01' }, 'union'],
    ['one household', '--household h-001', { instance: 'h/h-001' }, 'self'],
  ])('is for %s', async (_whom, options, scope, cause) => {
    const { client, asked } = createFakeClient();
    const { exit } = await tell(`${kind} autumn ${options} ${REASON} --as head-1 --id c1 --apply abc`, { client });
    expect(asked).toEqual([
      {
        ...{ run: 'autumn', for: scope, adjustment: { kind, cause }, reason: 'flooded roads', mustChange: true },
        ...{ person: 'head-1', id: 'c1', expect: 'abc' },
      },
    ]);
    // The made-up revision has an item that refuses; a household is asked at once.
    expect(exit).toBe(cause === 'self' ? 0 : 1);
  });

  it('only shows what it would do, until it is applied', async () => {
    const { client, asked } = createFakeClient({
      previewAdjustment: () => {
        const face = { status: 'open', deadline: SUMMARY.now, holder: 'officer-1', reviewer: null, rungs: [] } as const;
        const differences = [{ task: 'visit', template: 'visit', before: face, after: { ...face, paused: true } }] as const;
        return Promise.resolve({
          ...{ hash: 'abc123', instances: 1, tasks: 1 },
          items: [{ instance: 'h/h-001', union: 'union-01', digest: 'd', differences, posts: [], stands: [] }],
        });
      },
    });
    const { exit, out } = await tell(`${kind} autumn ${REASON}`, { client });
    expect(exit).toBe(0);
    expect(out).toContain('h/h-001/visit');
    expect(out).toContain('paused');
    expect(out).toContain(`To do exactly this: npx shigeyi ${kind} autumn ${REASON} --apply abc123`);
    expect(asked).toEqual([]);
  });

  it('is misused for several at once, and without a reason', async () => {
    expect((await tell(`${kind} autumn --union union-01 --household h-001 ${REASON}`)).exit).toBe(2);
    expect((await tell(`${kind} autumn`)).exit).toBe(2);
  });

  it('prints what --json promises', async () => {
    const { out } = await tell(`${kind} autumn ${REASON} --json`);
    expect(AdjustmentAnswer.safeParse(JSON.parse(out)).error).toBeUndefined();
  });
});

describe('what stands still', () => {
  it('is told by `status`, and by `tasks` instead of being overdue', async () => {
    const { client } = createFakeClient();
    const status = (run: string) => client.status(run).then((summary) => ({ ...summary, paused: 2 }));
    expect((await tell('status autumn', { client: { ...client, status } })).out).toContain('3 open (2 of them paused)');
    const tasks: typeof client.tasks = async (run, filter) =>
      (await client.tasks(run, filter)).map((task) => ({ ...task, paused: true }));
    expect((await tell('tasks autumn', { client: { ...client, tasks } })).out).toMatch(/visit.*paused/);
  });
});
