/** The commands that put work into other hands: shown first, done on the hash of what was shown. */
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { createFakeClient, PREVIEW, SUMMARY, tell } from './fake-host.ts';

const REASON = '--reason "on leave"';
const TASK = 'h/h-001/visit';

const asked = async (words: string): Promise<unknown> => {
  const { client, asked: requests } = createFakeClient();
  await tell(`${words} ${REASON}`, { client });
  return requests[0];
};

describe('every command that puts work into other hands', () => {
  it.each([
    [`reassign autumn ${TASK} --to cadre-2`, { kind: 'reassign', task: 'visit', to: 'cadre-2' }],
    [`delegate autumn ${TASK} --to cadre-2`, { kind: 'delegate', task: 'visit', to: 'cadre-2' }],
    [`recall autumn ${TASK}`, { kind: 'recall', task: 'visit' }],
  ])('of one task asks the instance that has it: %s', async (words, adjustment) =>
    expect(await asked(words)).toEqual({ run: 'autumn', for: { instance: 'h/h-001' }, adjustment, reason: 'on leave' }),
  );

  it.each([
    [
      'cover autumn cadre-1 --by cadre-2 --from 2020-11-02 --until 2020-11-06',
      // The last day is whole.
      { kind: 'cover', person: 'cadre-1', by: 'cadre-2', from: SUMMARY.endsAt, until: SUMMARY.endsAt + 1 },
    ],
    [
      'cover autumn cadre-1 --by cadre-2 --until "2020-11-06 12:00"',
      { kind: 'cover', person: 'cadre-1', by: 'cadre-2', until: SUMMARY.endsAt },
    ],
    ['uncover autumn cadre-1', { kind: 'uncover', person: 'cadre-1' }],
    ['handover autumn --from cadre-1 --to cadre-2', { kind: 'cover', person: 'cadre-1', by: 'cadre-2', until: null }],
  ])('of a person asks everybody: %s', async (words, adjustment) =>
    expect(await asked(words)).toEqual({ run: 'autumn', for: { all: true }, adjustment, reason: 'on leave' }),
  );

  it.each(['reassign', 'delegate', 'recall', 'cover', 'uncover', 'handover'])('%s prints the documented shape', async (name) => {
    const words = {
      reassign: `reassign autumn ${TASK} --to cadre-2`,
      delegate: `delegate autumn ${TASK} --to cadre-2`,
      recall: `recall autumn ${TASK}`,
      cover: 'cover autumn cadre-1 --by cadre-2 --until 2020-11-06',
      uncover: 'uncover autumn cadre-1',
      handover: 'handover autumn --from cadre-1 --to cadre-2',
    }[name]!;
    for (const apply of ['', '--apply now']) {
      const { out } = await tell(`${words} ${REASON} ${apply} --json`);
      expect(COMMANDS.find((command) => command.name === name)!.answer.safeParse(JSON.parse(out)).error).toBeUndefined();
    }
  });

  it.each([
    `reassign autumn ${TASK}`,
    `delegate autumn ${TASK}`,
    'cover autumn cadre-1 --until 2020-11-06',
    'handover autumn --from a',
  ])('is misused when it is not said who: %s', async (words) => expect((await tell(`${words} ${REASON}`)).exit).toBe(2));

  it('wants a reason', async () => expect((await tell(`recall autumn ${TASK}`)).exit).toBe(2));
});

describe('a handover', () => {
  const [first] = PREVIEW.items;
  const posts = [{ role: 'union-head', before: 'head-1', after: 'head-2' }];
  const preview = {
    ...PREVIEW,
    items: [
      { ...first, posts },
      { ...first, instance: 'u/union-01', differences: [], posts },
    ],
  };
  const { client } = createFakeClient({ previewAdjustment: () => Promise.resolve(preview as typeof PREVIEW) });

  it('lists posts once, with the number of those who have it there, and tasks one by one', async () => {
    const { out } = await tell(`handover autumn --from head-1 --to head-2 ${REASON}`, { client });
    expect(out).toContain('union-head: head-1 → head-2, in 2 instances');
    expect(out).toContain('h/h-001/visit');
    expect(out).toContain(`npx shigeyi handover autumn --from head-1 --to head-2 ${REASON} --apply abc123`);
  });
});

describe('the list of tasks', () => {
  it('says for whom somebody does it', async () => {
    const { client } = createFakeClient();
    const [task] = await client.tasks('autumn', { limit: 1 });
    const tasks = [{ ...task!, owner: 'cadre-9' }];
    const { out } = await tell('tasks autumn', { client: { ...client, tasks: () => Promise.resolve(tasks) } });
    expect(out).toContain('cadre-1 (for cadre-9)');
  });
});
