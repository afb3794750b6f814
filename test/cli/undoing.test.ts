/** The commands that undo: waived, done again, taken back. */
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { createFakeClient, PREVIEW, SUMMARY, tell } from './fake-host.ts';

const REASON = '--reason "a slip"';
const TASK = 'h/h-001/visit';

const asked = async (words: string): Promise<unknown> => {
  const { client, asked: requests } = createFakeClient();
  await tell(`${words} ${REASON}`, { client });
  return requests[0];
};

describe('every command that undoes', () => {
  it.each([
    [`waive autumn ${TASK}`, { adjustment: { kind: 'waive', task: 'visit' } }],
    [`reopen autumn ${TASK}`, { adjustment: { kind: 'reopen', task: 'visit' } }],
    [`reopen autumn ${TASK} --to 2020-11-06`, { adjustment: { kind: 'reopen', task: 'visit', deadline: SUMMARY.endsAt } }],
  ])('asks the instance that has the task: %s', async (words, request) =>
    expect(await asked(words)).toEqual({ run: 'autumn', for: { instance: 'h/h-001' }, reason: 'a slip', ...request }),
  );

  it.each(['waive', 'reopen', 'retract'])('%s prints the documented shape', async (name) => {
    for (const apply of ['', '--apply now']) {
      const { out } = await tell(`${name} autumn ${TASK} ${REASON} ${apply} --json`);
      expect(COMMANDS.find((command) => command.name === name)!.answer.safeParse(JSON.parse(out)).error).toBeUndefined();
    }
  });

  it('wants a reason', async () => expect((await tell(`waive autumn ${TASK}`)).exit).toBe(2));
});

describe('a retraction', () => {
  const adjustment = { kind: 'retract', task: 'visit', submission: 'submission-1' };

  it('is of what stands, by whoever handed it in', async () =>
    expect(await asked(`retract autumn ${TASK}`)).toMatchObject({ adjustment, person: 'cadre-1' }));

  it('may be by whoever answers for it', async () =>
    expect(await asked(`retract autumn ${TASK} --as cadre-9`)).toMatchObject({ adjustment, person: 'cadre-9' }));
});

describe('a preview', () => {
  it('lists what stands because somebody has worked on it', async () => {
    const [first] = PREVIEW.items;
    const preview = { ...PREVIEW, items: [{ ...first, stands: ['measure:visit.1'] }] };
    const { client } = createFakeClient({ previewAdjustment: () => Promise.resolve(preview as typeof PREVIEW) });
    const { out } = await tell(`reopen autumn ${TASK} ${REASON}`, { client });
    expect(out).toContain('Stays as it is, because somebody has worked on it: h/h-001/measure:visit.1.');
  });
});
