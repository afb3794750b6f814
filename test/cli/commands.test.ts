import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { usualSeconds } from '../../cli/commands/demo.ts';
import type { Client, Host } from '../../cli/host.ts';
import type { Cell } from '../../model/form.ts';
import {
  BAD_ROW,
  CLEAN,
  createFakeClient,
  DEFINITION,
  FORM,
  INTACT,
  NOW,
  REPORT,
  ROSTER,
  SUMMARY,
  TASK,
  tell,
} from './fake-host.ts';

const SOUND = '"definitions/linwei-2020"';

describe('--json', () => {
  const shapeOf = (words: string) => COMMANDS.findLast(({ name }) => words.startsWith(`${name} `) || words === name)!.answer;

  it.each([
    `check ${SOUND}`,
    'check definitions/invalid/ten-mistakes.yaml',
    `start ${SOUND} --roster r.xlsx`,
    `start ${SOUND} --roster r.xlsx --dry-run`,
    'status',
    'status autumn',
    'tasks autumn',
    'form autumn h/h-001/visit',
    'complete autumn h/h-001/visit --form f.yaml',
    'review autumn h/h-001/visit --accept',
    'report autumn',
    'verify autumn',
    'roll autumn',
    'audit autumn',
    'audit export autumn --to audit.jsonl',
    'audit verify autumn',
    `test ${SOUND} --only sweep`,
    `explain ${SOUND} aid-list`,
    `graph ${SOUND}`,
    `diff ${SOUND} definitions/first`,
    'new mine --from 2026-03-02',
    `simulate ${SOUND} --unions 1 --households 2`,
  ])('of `%s` has the shape that is documented, and nothing beside it', async (words) => {
    const { out } = await tell(`${words} --json`);
    expect(shapeOf(words).safeParse(JSON.parse(out)).error).toBeUndefined();
  });
});

describe('check', () => {
  it('says of a sound definition what it holds', async () => {
    const { exit, out } = await tell(`check ${DEFINITION}`);
    expect(exit).toBe(0);
    expect(out).toMatch(/linwei-2020 is sound: 5 phases, 10 actions, \d+ tasks, \d+ forms, 2020-10-13 to 2020-12-31/);
  });

  it('names every issue with its place and ends with their number', async () => {
    const { exit, out } = await tell('check definitions/invalid/ten-mistakes.yaml');
    expect(exit).toBe(1);
    expect(out).toContain('ten-mistakes.yaml:40:9 error UNKNOWN_KEY');
    expect(out).toMatch(/10 errors$/);
  });

  it('tells issues in Chinese where the locale is, or where that is asked for', async () => {
    const english = await tell('check definitions/invalid/cycle.yaml');
    expect(english.out).toContain('take one of these links out');
    const words = 'check definitions/invalid/cycle.yaml';
    for (const { out } of [
      await tell(`${words} --lang zh`),
      await tell(words, { host: { env: { LANG: 'zh_CN.UTF-8' } } }),
      await tell(words, { host: { env: { LC_ALL: 'zh_CN', LANG: 'en_GB.UTF-8' } } }),
    ]) {
      expect(out).toContain('cycle.yaml:32:123 错误 CYCLE: “write”等待“third”等待“read”等待“write”');
      expect(out).toContain('cycle.yaml：1 个错误');
    }
    expect((await tell(`${words} --lang en`, { host: { env: { LANG: 'zh_CN.UTF-8' } } })).out).toBe(english.out);
  });

  it('shows the line of each issue, and of the other places it is about', async () => {
    const files = { 'definitions/invalid/cycle.yaml': readFileSync('definitions/invalid/cycle.yaml', 'utf8') };
    const { out } = await tell('check definitions/invalid/cycle.yaml', { files });
    expect(out).toMatch(/\n {4}32 \| .*after: \[third\] \}\n {7}\| +\^\n/);
    expect(out).toMatch(/cycle.yaml:34:124 'third' waits for 'read' here\n {4}34 \| .*\n {7}\| +\^\n/);
  });

  it('refuses all when one of several is wrong', async () => {
    const { exit, out } = await tell(`check ${DEFINITION} definitions/invalid/ten-mistakes.yaml --json`);
    expect(exit).toBe(1);
    expect(JSON.parse(out).definitions.map(({ ok }: { ok: boolean }) => ok)).toEqual([true, false]);
  });
});

describe('start', () => {
  const LATER = { host: { now: () => Date.UTC(2026, 0, 1) } };

  it('hands the plan and the register on, and says how to watch', async () => {
    const { client, asked } = createFakeClient();
    const { exit, out } = await tell(`start ${DEFINITION} --roster r.xlsx --run autumn`, { client });
    expect(exit).toBe(0);
    expect(asked).toEqual([
      expect.objectContaining({ run: 'autumn', roster: ROSTER, clock: { kind: 'real' }, author: 'operator' }),
    ]);
    expect(out).toContain('npx shigeyi status autumn');
  });

  it('refuses dates that are past, with the two ways out', async () => {
    const { client, asked } = createFakeClient();
    const { exit, err } = await tell(`start ${DEFINITION} --roster r.xlsx`, { ...LATER, client });
    expect(exit).toBe(1);
    expect(err).toContain('2020-10-13, is past');
    expect(err).toContain('--starts');
    expect(err).toContain('--rehearse');
    expect(asked).toEqual([]);
  });

  it('moves the campaign to another first day', async () => {
    const { client, asked } = createFakeClient();
    await tell(`start ${DEFINITION} --roster r.xlsx --starts 2026-03-02`, { ...LATER, client });
    expect(asked).toEqual([
      expect.objectContaining({
        compiled: expect.objectContaining({ plan: expect.objectContaining({ startsAt: Date.UTC(2026, 2, 1, 16) }) }),
      }),
    ]);
  });

  it('rehearses past dates on a clock that takes as long as asked', async () => {
    const { client, asked } = createFakeClient();
    await tell(`start ${DEFINITION} --roster r.xlsx --rehearse 90s`, { client });
    const [{ clock, compiled }] = asked as [Parameters<Client['start']>[0]];
    const { startsAt, endsAt } = compiled.plan;
    expect(clock).toEqual({
      kind: 'scaled',
      anchor: startsAt,
      startedAt: expect.any(Number),
      speed: (endsAt - startsAt) / 90_000,
    });
    expect((clock as { startedAt: number }).startedAt).toBeGreaterThan(NOW);
  });

  it('lists every bad row of the register, and starts nothing', async () => {
    const { client, asked } = createFakeClient();
    const { exit, err } = await tell(`start ${DEFINITION} --roster r.xlsx`, {
      client,
      roster: { roster: ROSTER, issues: [BAD_ROW] },
    });
    expect(exit).toBe(1);
    expect(err).toContain('困难职工, line 7, 身份证号: the identity number is none; check its last character [NO_ID_NUMBER]');
    expect(asked).toEqual([]);
  });

  it('starts without the bad rows when it is asked to, and says so', async () => {
    const { exit, out } = await tell(`start ${DEFINITION} --roster r.xlsx --skip-bad-rows`, {
      roster: { roster: ROSTER, issues: [BAD_ROW] },
    });
    expect(exit).toBe(0);
    expect(out).toContain('Left out for their issues: 1 row of the register.');
  });

  it('refuses a register without unions even then', async () => {
    const { exit, err } = await tell(`start ${DEFINITION} --roster r.xlsx --skip-bad-rows`, {
      roster: { roster: { ...ROSTER, unions: [] }, issues: [BAD_ROW] },
    });
    expect(exit).toBe(1);
    expect(err).toContain('[ROSTER_EMPTY]');
  });

  it('refuses a definition with errors, and lists them', async () => {
    const { exit, err } = await tell('start definitions/invalid/ten-mistakes.yaml --roster r.xlsx');
    expect(exit).toBe(1);
    expect(err).toContain('ten-mistakes.yaml:40:9');
    expect(err).toContain('[DEFINITION_INVALID]');
  });

  it('needs no running parts for a dry run', async () => {
    const connect = () => Promise.reject(new Error('connected'));
    expect((await tell(`start ${DEFINITION} --roster r.xlsx --dry-run`, { host: { connect } })).exit).toBe(0);
  });

  it('says when no instance opens any more', async () => {
    const { client } = createFakeClient({
      status: () => Promise.resolve({ ...SUMMARY, instances: { planned: 2, open: 1, closed: 0 } }),
    });
    const { exit, err } = await tell(`start ${DEFINITION} --roster r.xlsx`, { client });
    expect(exit).toBe(3);
    expect(err).toContain('only 1 of its 3 instances are open');
  });

  it.each(['--starts 2026-02-30', '--starts tomorrow', '--rehearse 90', '--rehearse 1s', '--run Autumn!'])(
    'is misused with %s',
    async (option) => expect((await tell(`start ${DEFINITION} --roster r.xlsx ${option}`)).exit).toBe(2),
  );
});

describe('status', () => {
  it('lists all runs in a table', async () =>
    expect((await tell('status')).out).toMatch(/^run +campaign .*\n─+.*\nautumn +十个一 /));

  it('says where to begin when there are none', async () => {
    const { client } = createFakeClient({ runs: () => Promise.resolve([]) });
    expect((await tell('status', { client })).out).toContain('npx shigeyi start');
  });

  it('shows the campaign time of one run in its zone', async () =>
    expect((await tell('status autumn')).out).toContain('2020-10-22 10:00, phase verify'));

  it('refuses a run that is not there', async () => {
    const { exit, err } = await tell('status winter');
    expect(exit).toBe(1);
    expect(err).toContain("there is no run 'winter'");
  });
});

describe('tasks', () => {
  it('asks for what was asked', async () => {
    const { client, asked } = createFakeClient();
    await tell('tasks autumn --union union-01 --household h-001 --holder cadre-1 --open --limit 5', { client });
    expect(asked).toEqual([{ union: 'union-01', household: 'h-001', holder: 'cadre-1', open: true, limit: 5 }]);
  });

  it('shows whom each waits for', async () =>
    expect((await tell('tasks autumn')).out).toMatch(/h\/h-001\/visit +入户走访 +union-01 +open +cadre-1 +2020-10-28 23:59/));

  it('calls a task that a row made by its row', async () => {
    const { client } = createFakeClient({ tasks: () => Promise.resolve([{ ...TASK, rowTitle: '安装扶手' }]) });
    expect((await tell('tasks autumn', { client })).out).toContain('入户走访：安装扶手');
  });

  it('says that there may be more than its limit', async () =>
    expect((await tell('tasks autumn --limit 1')).out).toContain('The first 1 only'));
});

describe('form', () => {
  it('prints fields to fill in, each under what it asks for, without those of the register', async () => {
    const { out } = await tell('form autumn h/h-001/visit');
    expect(out).toBe(
      [
        '# 走访记录 (Visit record), for h/h-001/visit',
        '',
        '# 走访日期 (Visited on): date YYYY-MM-DD, not after today, required',
        'visitedOn:',
        '',
        '# 意愿 (Wish): choice, may be blank; one of work 就业, school 助学',
        'wish:',
      ].join('\n'),
    );
  });

  it('says what the row was, what answers must keep to, and how to correct the register, without a word of it', async () => {
    const title = { zh: '电话', en: 'Telephone' };
    const phone = {
      id: 'phone',
      title,
      type: 'phone',
      required: false,
      privacy: 'personal',
      from: 'phone',
      correctable: true,
    } as const;
    const rules = [
      { must: { op: 'is', fact: 'wish', in: ['work'] }, say: { zh: '先就业', en: 'Work first' }, at: 'wish' },
    ] as const;
    const { client } = createFakeClient();
    const { context } = await client.form('autumn', 'h/h-001/visit');
    const form = { ...FORM, fields: [phone, ...FORM.fields], rules };
    const open = () =>
      Promise.resolve({
        ...{ form, rowTitle: '安装扶手', words: null, returned: null },
        context: { ...context, prefill: { phone: '10000000001' } },
      });
    const { out } = await tell('form autumn h/h-001/visit', { client: { ...client, form: open } });
    expect(out).toContain('# 安装扶手\n# wish: 先就业 (Work first)\n');
    expect(out).toContain('# 电话 (Telephone): from the register. If that is wrong: phone: {corrected: …, why: …}');
    expect(out).not.toMatch(/10000000001|^phone:/m);
  });

  it('of a returned task says who returned it and why, and has what was handed in before, without a word of the register', async () => {
    const { client, asked } = createFakeClient();
    const phone = { ...(FORM.fields[0] as Cell), id: 'phone', type: 'phone', from: 'phone', correctable: true } as const;
    const usual = await client.form('autumn', 'h/h-001/visit');
    const answers = {
      ...{ name: '示例', visitedOn: '2020-10-20', wish: null },
      phone: { was: '10000000001', corrected: '10000000002', why: '本人来电' },
    };
    const returned = { by: 'head-1', at: SUMMARY.now, reason: '日期不对\n请改', answers };
    const open = () => Promise.resolve({ ...usual, form: { ...FORM, fields: [...FORM.fields, phone] }, returned });
    const { out } = await tell('form autumn h/h-001/visit', { client: { ...client, form: open } });
    expect(out).toContain(
      '# Returned by head-1, 2020-10-22 10:00: 日期不对\n# 请改\n# The answers are those that were handed in before.\n',
    );
    expect(out).toMatch(/^visitedOn: 2020-10-20$/m);
    expect(out).toContain('phone:\n  corrected: "10000000002"\n  why: 本人来电');
    expect(out).not.toMatch(/10000000001|示例/);
    await tell('complete autumn h/h-001/visit --form f.yaml', { client, files: { 'f.yaml': out } });
    expect(asked).toMatchObject([
      { answers: { visitedOn: '2020-10-20', wish: null, phone: { corrected: '10000000002', why: '本人来电' } } },
    ]);
    const told = JSON.parse(
      (await tell('form autumn h/h-001/visit --json', { client: { ...client, form: open } })).out,
    ) as unknown;
    expect(told).toMatchObject({ returned: { by: 'head-1', at: SUMMARY.now, reason: '日期不对\n请改' } });
  });

  it('fills in an example that `complete` takes', async () => {
    const { out } = await tell('form autumn h/h-001/visit --example');
    const { client, asked } = createFakeClient();
    await tell('complete autumn h/h-001/visit --form f.yaml', { client, files: { 'f.yaml': out } });
    expect(asked).toEqual([
      expect.objectContaining({ answers: expect.objectContaining({ visitedOn: expect.stringMatching(/^2020-10-/) }) }),
    ]);
  });

  it('carries the fields with --json', async () =>
    expect(JSON.parse((await tell('form autumn h/h-001/visit --json')).out).fields).toEqual(FORM.fields));
});

describe('complete', () => {
  const answersOf = async (text: string) => {
    const { client, asked } = createFakeClient();
    const told = await tell('complete autumn h/h-001/visit --form f', { client, files: { f: text } });
    return { ...told, answers: (asked[0] as { answers: unknown } | undefined)?.answers };
  };

  it('reads JSON', async () => expect((await answersOf('{"wish": "work", "n": 1}')).answers).toEqual({ wish: 'work', n: 1 }));

  it('reads YAML, and leaves dates as they are written', async () =>
    expect((await answersOf('visitedOn: 2020-10-21\nwish:\n')).answers).toEqual({ visitedOn: '2020-10-21', wish: null }));

  it('refuses what is neither', async () => {
    const { exit, err, answers } = await answersOf('{"wish": ');
    expect(exit).toBe(1);
    expect(err).toContain('[FORM_UNREADABLE]');
    expect(answers).toBeUndefined();
  });

  it.each(['a: &x [1]\nb: *x', 'a: *nowhere'])('refuses aliases, which can grow without bound: %s', async (text) => {
    const { exit, err } = await answersOf(text);
    expect(exit).toBe(1);
    expect(err).toContain('[FORM_UNREADABLE]');
  });

  it('hands on who, why late, and under which id', async () => {
    const { client, asked } = createFakeClient();
    await tell('complete autumn h/h-001/visit --form - --late-reason "they were away" --as cadre-2 --id c-1', {
      client,
      files: { '-': '{}' },
    });
    expect(asked).toEqual([
      {
        run: 'autumn',
        task: 'h/h-001/visit',
        answers: {},
        lateReason: 'they were away',
        person: 'cadre-2',
        via: 'cli',
        id: 'c-1',
      },
    ]);
  });

  it('says what became of it', async () =>
    expect((await tell('complete autumn h/h-001/visit --form f')).out).toBe(
      'h/h-001/visit is done (2020-10-22 10:00, command made-up).',
    ));
});

describe('review', () => {
  it.each([
    ['--accept', { accept: true }],
    ['--return "no date"', { returnFor: 'no date' }],
  ])('decides with %s', async (option, decision) => {
    const { client, asked } = createFakeClient();
    await tell(`review autumn h/h-001/visit ${option}`, { client });
    expect(asked).toEqual([expect.objectContaining({ decision })]);
  });

  it.each(['', '--accept --return "no date"', '--return " "'])('is misused with "%s"', async (options) =>
    expect((await tell(`review autumn h/h-001/visit ${options}`)).exit).toBe(2),
  );
});

describe('report', () => {
  it('counts by union with a closing line, and by target', async () => {
    const { out } = await tell('report autumn');
    expect(out).toMatch(/union-01 解放街道工会 +2 +9 +1 +1 +0 +0 +2 +7 +2 +1\n/);
    expect(out).toMatch(/合计 total +2 +13 +1 +1 +1 +1 +2 +10 +2 +1\n/);
    expect(out).toContain('目标 target: deep-cleared');
  });
});

describe('verify', () => {
  it('ends with 0 when the books balance', async () =>
    expect(await tell('verify autumn')).toEqual({ exit: 0, out: 'The books of autumn balance: 3 instances compared.', err: '' }));

  it('ends with 1 and names each difference when they do not', async () => {
    const discrepancies = [
      { kind: 'instance' as const, place: 'h/h-001', expected: 'flush 4', found: 'flush 3', repaired: false },
    ];
    const { client } = createFakeClient({ verify: () => Promise.resolve({ ...CLEAN, clean: false, discrepancies }) });
    const { exit, out } = await tell('verify autumn', { client });
    expect(exit).toBe(1);
    expect(out).toContain('instance h/h-001: expected flush 4, found flush 3');
    expect(out).toContain('npx shigeyi verify autumn --repair');
  });

  it('repairs when it is asked to', async () => {
    const { client, asked } = createFakeClient();
    await tell('verify autumn --repair', { client });
    expect(asked).toEqual([{ repair: true }]);
  });

  it('does not, otherwise', async () => {
    const { client, asked } = createFakeClient();
    await tell('verify autumn', { client });
    expect(asked).toEqual([{ repair: false }]);
  });
});

describe('demo', () => {
  it('takes more time where there are few processor cores', () =>
    expect([1, 2, 4, 16].map(usualSeconds)).toEqual([180, 180, 90, 90]));

  it('ends with 1 when the books do not balance', async () => {
    const result = {
      ...{
        run: 'autumn',
        clean: false,
        acts: { completed: 1, accepted: 0, returned: 0, left: 0 },
        refusals: { IN_REVIEW: 2 },
        retries: 3,
      },
      ...{ seconds: 90, behindMs: 5 * 86_400_000, report: REPORT, verification: { ...CLEAN, clean: false } },
    };
    const demo: Host['services']['demo'] = ({ onDone }) => Promise.resolve(onDone(result));
    const { exit, out } = await tell('demo --exit', {
      host: { services: { up: demo as never, worker: demo as never, demo, stages: demo as never } },
    });
    expect(exit).toBe(1);
    expect(out).toContain('Refused because something had moved meanwhile: 2 IN_REVIEW.');
    expect(out).toContain(
      'people acted up to 5 campaign days after they meant to; for a truer picture give it more time: --seconds 360',
    );
    expect(out).toContain('do not balance');
  });
});

describe('audit', () => {
  it('tells who did what, why, and what it changed', async () => {
    const { client, asked } = createFakeClient();
    const { exit, out } = await tell('audit autumn --household h-001 --since 2020-10-20 --limit 5', { client });
    expect(exit).toBe(0);
    expect(asked).toEqual([{ household: 'h-001', since: '2020-10-20', limit: 5 }]);
    expect(out).toContain('taskReturned');
    expect(out).toContain('reason r-1, step 0, status: inReview → returned, reviewer: head-1 → —');
  });

  it('tells instants as times, whatever they are called, and other numbers as they are', async () => {
    const { client } = createFakeClient();
    const audit: typeof client.audit = async (run, filter) => {
      const page = await client.audit(run, filter);
      return {
        ...page,
        rows: page.rows.map((row) => ({ ...row, detail: { to: Date.UTC(2020, 10, 2, 1), step: 3 }, changed: null })),
      };
    };
    const { out } = await tell('audit autumn', { client: { ...client, audit } });
    expect(out).toContain('to 2020-11-02 09:00, step 3');
  });

  it('has the words of a reason in the place of their id when they are asked for', async () => {
    const { client } = createFakeClient();
    const audit: typeof client.audit = async (run, { words, ...filter }) => {
      const page = await client.audit(run, filter);
      return { ...page, rows: page.rows.map((row) => ({ ...row, words: words === true ? '示例：缺一张照片' : null })) };
    };
    const { out } = await tell('audit autumn --words', { client: { ...client, audit } });
    expect(out).toContain('“示例：缺一张照片”, step 0');
    expect(out).not.toContain('r-1');
  });
});

describe('audit export', () => {
  it('writes the lines it is given, and says which anchor to keep', async () => {
    const written: Record<string, string> = {};
    const { exit, out } = await tell('audit export autumn --household 2001 --to audit.jsonl', { written });
    expect(exit).toBe(0);
    expect(written['audit.jsonl']).toContain('"shigeyi":"audit"');
    expect(out).toContain('covered by anchor 3: ab12');
    expect(out).toContain('npx shigeyi audit verify autumn --file audit.jsonl');
  });

  it('asks for the file', async () => expect((await tell('audit export autumn')).exit).toBe(2));
});

describe('audit verify', () => {
  it('ends with 0 when the audit is as it was written', async () => {
    const { exit, out } = await tell('audit verify autumn');
    expect(exit).toBe(0);
    expect(out).toContain('as it was written: 40 rows of 3 instances, 2 anchors');
    expect(out).toContain('The last anchor is ab12');
  });

  it('ends with 1 and names the first place when it is not', async () => {
    const finding = { kind: 'changed', instance: 'h/1', seq: 3, anchor: null, message: 'its content is another' } as const;
    const { client } = createFakeClient({
      verifyAudit: () => Promise.resolve({ ...INTACT, intact: false, findings: [finding] }),
    });
    const { exit, out } = await tell('audit verify autumn', { client });
    expect(exit).toBe(1);
    expect(out).toContain('First wrong is row 3 of h/1.');
    expect(out).toContain('row 3 of h/1: changed, its content is another');
  });

  it('of a file asks no database', async () => {
    const heading = { shigeyi: 'audit', version: 1, run: 'autumn', plan: 'p', household: null, anchors: 0 };
    const files = { 'a.jsonl': `${JSON.stringify(heading)}\n${JSON.stringify({ end: { instances: 0, rows: 0 } })}` };
    const host = { connect: () => Promise.reject(new Error('nobody asked for a connection')) };
    expect(await tell('audit verify autumn --file a.jsonl', { files, host })).toMatchObject({ exit: 0 });
    expect((await tell('audit verify winter --file a.jsonl', { files, host })).err).toContain('[OTHER_RUN]');
  });

  it('is one check or the other', async () => {
    expect((await tell('audit verify autumn --file a --against b')).exit).toBe(2);
  });
});

describe('roll', () => {
  it('says how many begin a new history, and who does not', async () => {
    const { client, asked } = createFakeClient();
    const { exit, out } = await tell('roll autumn --as operator-2', { client });
    expect(asked).toEqual([{ author: 'operator-2' }]);
    expect(exit).toBe(1);
    expect(out).toContain('Roll 3 of autumn: 1 instance has begun a new history, 1 refused.');
    expect(out).toContain('Rules: version 1: 2 instances.');
  });

  it('says when it went on with the last one', async () => {
    const { client } = createFakeClient({
      roll: () => Promise.resolve({ revision: 2, resumed: true }),
      revisionItems: () => Promise.resolve([]),
    });
    expect((await tell('roll autumn', { client })).out).toContain('Went on with roll 2 of autumn');
  });

  it('gives up looking when nothing moves, and says that it goes on by itself', async () => {
    const { client } = createFakeClient({ revisionProgress: () => Promise.resolve({ pending: 4, done: 1, refused: 0 }) });
    const { exit, err } = await tell('roll autumn', { client });
    expect(exit).toBe(3);
    expect(err).toContain('[ROLL_STALLED]');
  });
});
