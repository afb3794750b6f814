/** The command that makes an instruction a task. */
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { createFakeClient, SUMMARY, tell } from './fake-host.ts';

const WORDS = '请补报名单\n';
const given = (place: string): string => `assign autumn ${place} --due 2020-11-10 --title 补报名单 --words instruction.txt`;
const assign = async (place: string, more = '') => {
  const { client, asked } = createFakeClient();
  const told = await tell(`${given(place)} ${more}`, { client, files: { 'instruction.txt': WORDS } });
  return { ...told, asked: asked[0] };
};

describe('assign', () => {
  it.each([
    ['--union union-01', 'u/union-01'],
    ['--household h-001', 'h/h-001'],
    ['--campaign', 'c'],
  ])('asks the one instance it is for: %s', async (place, instance) =>
    expect((await assign(place)).asked).toEqual({
      ...{ run: 'autumn', for: { instance }, words: { title: '补报名单', words: WORDS } },
      adjustment: { kind: 'assign', due: SUMMARY.endsAt, words: '' },
    }),
  );

  it('says whose it is, who gave it, and what is its own', async () =>
    expect(
      (await assign('--union union-01', '--to head-1 --from office --ladder fast --review office --as office-2 --id i-1')).asked,
    ).toMatchObject({
      ...{ person: 'office-2', id: 'i-1', words: { from: 'office' } },
      adjustment: { to: 'head-1', ladder: 'fast', review: 'office' },
    }));

  it('takes a minute with a T as well', async () => {
    const asked: string[] = [];
    const { client } = createFakeClient({
      instantAt: (_run, text) => {
        asked.push(text);
        return Promise.resolve(SUMMARY.endsAt);
      },
    });
    await tell('assign autumn --campaign --due 2020-11-10T17:00 --title a --words b', { client, files: { b: 'c' } });
    expect(asked).toEqual(['2020-11-10 17:00']);
  });

  it.each(['', '--union union-01 --campaign', '--union union-01 --household h-001'])(
    'wants to know to whom, and only one: %s',
    async (place) => expect((await assign(place)).exit).toBe(2),
  );

  it('names the task that it has become', async () => {
    const answer = { command: 'i-1', digest: 'd', at: SUMMARY.now, adjusted: 1, task: 'assigned:1' };
    const { client } = createFakeClient({ adjust: () => Promise.resolve({ answer }) });
    const { out } = await tell(`${given('--union union-01')} --apply now`, { client, files: { 'instruction.txt': WORDS } });
    expect(out).toContain('Assigned: u/union-01/assigned:1');
  });

  it('prints the documented shape', async () => {
    for (const apply of ['', '--apply now']) {
      const { out } = await assign('--campaign', `${apply} --json`);
      expect(COMMANDS.find(({ name }) => name === 'assign')!.answer.safeParse(JSON.parse(out)).error).toBeUndefined();
    }
  });
});

describe('the form of an assigned item', () => {
  it('says above it what is to be done, and who says so', async () => {
    const { client: usual } = createFakeClient();
    const words = { title: '补报名单', words: '请补报名单\n并说明', from: '领导小组' };
    const { client } = createFakeClient({
      form: async (run, task) => ({ ...(await usual.form(run, task)), rowTitle: words.title, words }),
    });
    const { out } = await tell('form autumn u/union-01/assigned:1', { client });
    expect(out).toContain('# 补报名单\n# 领导小组：请补报名单\n# 并说明\n');
  });
});
