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

describe('assign, of many', () => {
  const ask = async (words: string, list: string) => {
    const { client, asked } = createFakeClient();
    const files = { 'instruction.txt': WORDS, 'list.csv': list };
    return { ...(await tell(`assign autumn ${words}`, { client, files })), asked };
  };
  const item = (instance: string, words: object, more: object = {}) => ({
    ...{ for: { instance }, words, ...more },
    adjustment: { kind: 'assign', due: SUMMARY.endsAt, words: '' },
  });

  it('asks each of a list for the same, with its words from a file', async () => {
    const { asked } = await ask(
      '--instances list.csv --due 2020-11-10 --title 补报名单 --words instruction.txt',
      'instance\nu/union-01\nh/h-001\nc\n',
    );
    const words = { title: '补报名单', words: WORDS };
    expect(asked).toEqual([{ run: 'autumn', items: [item('u/union-01', words), item('h/h-001', words), item('c', words)] }]);
  });

  it('lets a line say it for itself, and one instance have several', async () => {
    const list = 'instance,title,words,from,to,as\nu/union-01,一,请办,领导,head-1,\nu/union-01,二,请查,,,office-2\n';
    const { asked } = await ask('--instances list.csv --due 2020-11-10 --apply abc123', list);
    const [first, second] = (asked[0] as { items: readonly object[] }).items;
    expect(first).toMatchObject({ words: { title: '一', words: '请办', from: '领导' }, adjustment: { to: 'head-1' } });
    expect(second).toEqual(item('u/union-01', { title: '二', words: '请查' }, { person: 'office-2' }));
  });

  it.each([
    ['the same twice', 'instance,title,words\nc,a,b\nc,a,c\n', 'the same stands on line 2'],
    ['no title', 'instance,words\nc,b\n', 'it is not said: title'],
    ['a reason, which it has none of', 'instance,title,words,reason\nc,a,b,c\n', 'HEADING_UNKNOWN'],
  ])('refuses %s', async (_what, list, message) => {
    const { exit, err, asked } = await ask('--instances list.csv --due 2020-11-10 --json', list);
    expect([exit, asked]).toEqual([1, []]);
    expect(err).toContain(message);
  });

  it.each(['--campaign', '--union union-01'])('is not clear of whom beside %s', async (place) =>
    expect((await ask(`--instances list.csv ${place} --due 2020-11-10`, 'instance\nc\n')).exit).toBe(2),
  );

  it('wants a deadline, a title and words of one', async () =>
    expect((await ask('--campaign --due 2020-11-10 --title a', '')).exit).toBe(2));
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
