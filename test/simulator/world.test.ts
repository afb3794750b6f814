import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Refusal } from '../../model/command.ts';
import type { Program, Scope } from '../../model/plan.ts';
import { keepRecords, type Records } from '../../simulator/records.ts';
import { scopeOfInstance, World } from '../../simulator/world.ts';
import {
  acceptBy,
  beijing,
  dueOn,
  dueWithin,
  gate,
  inBeijing,
  is,
  program,
  rowTask,
  startOf,
  task,
} from '../engine/program-builder.ts';

/**
 * A campaign of three scopes: the office inspects and sums up once every union has a scheme; unions sweep for households and report once each of
 * their own was visited; a household is visited, and its aid list makes measures.
 */
const programs: Readonly<Record<Scope, Program>> = {
  campaign: program({
    scope: 'campaign',
    tasks: [
      task({
        id: 'inspect',
        holder: { role: 'office' },
        ladder: 'standard',
        due: dueOn('2020-10-20'),
        rows: [{ table: 'findings', task: 'rectify', to: { column: 'union' } }],
      }),
      task({ id: 'sum-up', holder: { role: 'office' }, gate: gate({ id: 'sum-up', of: 'union', task: 'scheme' }) }),
      task({
        id: 'bulletin',
        holder: { role: 'office' },
        gate: gate({ id: 'bulletin', of: 'household', task: 'visit', share: 0.6 }),
        due: dueWithin(3),
      }),
    ],
  }),
  union: program({
    scope: 'union',
    tasks: [
      task({
        id: 'scheme',
        holder: { role: 'union-officer' },
        ladder: 'standard',
        due: dueOn('2020-10-16'),
        reviews: [acceptBy('union-head')],
        feeds: ['sum-up'],
      }),
      task({ id: 'sweep', holder: { role: 'union-officer' }, rows: [{ table: 'found', admits: true, to: 'self' }] }),
      task({
        id: 'report',
        holder: { role: 'union-officer' },
        gate: gate({ id: 'report', of: 'household', task: 'visit' }),
        due: dueWithin(3),
      }),
      rowTask({ id: 'rectify', ladder: 'standard' }),
    ],
  }),
  household: program({
    tasks: [
      task({ id: 'visit', ladder: 'standard', due: dueOn('2020-10-22'), feeds: ['bulletin', 'report'] }),
      task({
        id: 'aid-list',
        after: ['visit'],
        due: dueWithin(5),
        ladder: 'standard',
        rows: [{ table: 'measures', task: 'measure', to: 'self' }],
      }),
      rowTask({ id: 'measure', ladder: 'standard' }),
    ],
  }),
};

const OFFICE = { office: 'office-1' };
const rolesOf = (union: string) => ({ ...OFFICE, 'union-officer': `officer-${union}`, 'union-head': `head-${union}` });
const household = (id: string, union: string) => ({
  run: 'run',
  instance: `h/${id}`,
  union,
  roles: { ...rolesOf(union), cadre: `cadre-${id}` },
  facts: {},
});

let world: World;
let records: Records;
/** The clock may be moved in one go or hour by hour. */
let stepMs = Number.POSITIVE_INFINITY;
beforeEach(() => {
  stepMs = Number.POSITIVE_INFINITY;
  world = createWorld();
});

function createWorld(): World {
  records = keepRecords();
  const world = new World({
    programs,
    startsAt: startOf('2020-10-13'),
    observer: records.observer,
    admit: ({ row }, source) => household(`${source.union}-${row}`, source.union!),
  });
  world.enrol({ run: 'run', instance: 'c', union: null, roles: OFFICE, facts: {} });
  for (const union of ['u1', 'u2']) world.enrol({ run: 'run', instance: `u/${union}`, union, roles: rolesOf(union), facts: {} });
  for (const [id, union] of [
    ['1', 'u1'],
    ['2', 'u1'],
    ['3', 'u2'],
  ] as const)
    world.enrol(household(id, union));
  return world;
}

function at(text: string): void {
  const to = beijing(text);
  while (world.now < to) world.advance(Math.min(to, world.now + stepMs));
}

type Rows = readonly { readonly row: number; readonly due?: string; readonly union?: string; readonly holder?: string }[];
let submissions = 0;
function complete(instance: string, task: string, { table = '', rows = [] as Rows, lateReason = false } = {}): Answer | Refusal {
  const person = world.instances.get(instance)?.tasks[task]?.holder ?? 'nobody';
  submissions += 1;
  const body = {
    kind: 'complete',
    task,
    submission: `s${submissions}`,
    facts: {},
    rows: rows.map((row) => ({ table, ...row })),
    lateReason,
  } as const;
  return world.send(instance, { body, by: { person, via: 'rehearsal' } });
}
function accept(instance: string, task: string): Answer | Refusal {
  const { reviewer, submission } = world.instances.get(instance)!.tasks[task]!;
  return world.send(instance, {
    body: { kind: 'accept', task, submission: submission! },
    by: { person: reviewer!, via: 'rehearsal' },
  });
}
const status = (instance: string, task: string): string => world.instances.get(instance)?.tasks[task]?.status ?? 'waiting';

/** 'h/1 visit before-3 cadre-1 2020-10-19 09:00', in the order of their instants. */
const rungs = (): readonly string[] =>
  records.messages
    .filter(({ entry }) => entry.rung !== undefined)
    .map(({ instance, entry }) => `${inBeijing(entry.at)} ${instance} ${entry.task} ${entry.rung} ${entry.recipient}`);

describe('the world', () => {
  it('knows the scope of an instance by its id', () =>
    expect(['c', 'u/1', 'h/1'].map(scopeOfInstance)).toEqual(['campaign', 'union', 'household']));
  it('opens what has come up when an instance is enrolled', () => expect(status('h/1', 'visit')).toBe('open'));
  it('wakes at the first wake of any instance', () => expect(inBeijing(world.nextWake()!)).toBe('2020-10-13 09:00'));
  it('gives back a refusal', () =>
    expect(
      world.send('h/1', { body: { kind: 'accept', task: 'visit', submission: 's' }, by: { person: 'x', via: 'rehearsal' } }),
    ).toMatchObject({
      code: 'NOT_IN_REVIEW',
    }));
  it('gives the first answer to a command that is sent again', () => {
    const send = () =>
      world.send('h/1', {
        body: { kind: 'complete', task: 'visit', submission: 's', facts: {}, rows: [], lateReason: false },
        by: { person: 'cadre-1', via: 'api' },
        id: 'x',
      });
    const first = send();
    at('2020-10-20 09:00');
    expect(send()).toEqual(first);
  });
  it('has no instance that was not enrolled', () =>
    expect(() => complete('h/9', 'visit')).toThrow("the world has no instance 'h/9'"));
  it('does not turn back', () => {
    at('2020-10-20 09:00');
    world.advance(beijing('2020-10-14 09:00'));
    expect(inBeijing(world.now)).toBe('2020-10-20 09:00');
  });
});

describe('a gate over unions', () => {
  const finishScheme = (union: string): void => {
    complete(`u/${union}`, 'scheme');
    accept(`u/${union}`, 'scheme');
  };

  it('stays shut while one union is missing', () => {
    at('2020-10-14 10:00');
    finishScheme('u1');
    expect([status('c', 'sum-up'), world.instances.get('c')?.gates['sum-up']]).toEqual([
      'waiting',
      { version: 1, done: 1, total: 2, excluded: 0, openedAt: null },
    ]);
  });
  it('does not count what is in review', () => {
    at('2020-10-14 10:00');
    complete('u/u1', 'scheme');
    expect(world.instances.get('c')?.gates).toEqual({});
  });
  it('opens at the instant of the last', () => {
    at('2020-10-14 10:00');
    finishScheme('u1');
    at('2020-10-15 11:00');
    finishScheme('u2');
    expect(inBeijing(world.instances.get('c')!.tasks['sum-up']!.openedAt)).toBe('2020-10-15 11:00');
  });
});

describe('a gate over households', () => {
  it('of the campaign counts those of every union', () => {
    at('2020-10-14 10:00');
    complete('h/1', 'visit');
    expect(status('c', 'bulletin')).toBe('waiting');
    complete('h/3', 'visit');
    expect([status('c', 'bulletin'), world.instances.get('c')?.gates['bulletin']]).toMatchObject(['open', { done: 2, total: 3 }]);
  });
  it('of a union counts its own', () => {
    at('2020-10-14 10:00');
    complete('h/1', 'visit');
    expect(world.instances.get('u/u1')?.gates['report']).toMatchObject({ done: 1, total: 2 });
    complete('h/2', 'visit');
    expect([status('u/u1', 'report'), status('u/u2', 'report')]).toEqual(['open', 'waiting']);
  });
});

/** Households wait for their union's scheme; earlier-lifted ones are not visited, and the union reports once the others are. */
function createWaitingWorld(): World {
  const onFile = { when: is('enrolment', 'on-file'), fixed: true } as const;
  return new World({
    startsAt: startOf('2020-10-13'),
    programs: {
      campaign: program({ scope: 'campaign', tasks: [task({ id: 'kick-off', holder: { role: 'office' }, feeds: ['scheme'] })] }),
      union: program({
        scope: 'union',
        tasks: [
          task({
            id: 'scheme',
            holder: { role: 'union-officer' },
            gate: gate({ id: 'scheme', of: 'campaign', task: 'kick-off' }),
            feeds: ['visit'],
          }),
          task({ id: 'report', holder: { role: 'union-officer' }, gate: gate({ id: 'report', of: 'household', task: 'visit' }) }),
        ],
      }),
      household: program({
        tasks: [task({ id: 'visit', ...onFile, gate: gate({ id: 'visit', of: 'union', task: 'scheme' }), feeds: ['report'] })],
      }),
    },
  });
}

describe('gates between scopes', () => {
  const files = [
    ['1', 'u1', 'on-file'],
    ['2', 'u1', 'earlier-lifted'],
    ['3', 'u2', 'earlier-lifted'],
    ['4', 'u2', 'on-file'],
  ] as const;
  const enrolHousehold = ([id, union, enrolment]: readonly [string, string, string]): void =>
    world.enrol({ ...household(id, union), facts: { enrolment } });
  beforeEach(() => {
    world = createWaitingWorld();
    world.enrol({ run: 'run', instance: 'c', union: null, roles: OFFICE, facts: {} });
    for (const union of ['u1', 'u2'])
      world.enrol({ run: 'run', instance: `u/${union}`, union, roles: rolesOf(union), facts: {} });
    for (const [id, union] of files) world.expect({ instance: `h/${id}`, union });
    files.forEach(enrolHousehold);
  });

  it('open in every union when the campaign has settled its task', () => {
    expect([status('u/u1', 'scheme'), status('u/u2', 'scheme')]).toEqual(['waiting', 'waiting']);
    complete('c', 'kick-off');
    expect([status('u/u1', 'scheme'), status('u/u2', 'scheme')]).toEqual(['open', 'open']);
  });
  it('open in the households of the union that has settled its task, and in no other', () => {
    complete('c', 'kick-off');
    complete('u/u1', 'scheme');
    expect(['1', '2', '4'].map((id) => status(`h/${id}`, 'visit'))).toEqual(['open', 'waiting', 'waiting']);
  });
  it('are open for a household that joins later', () => {
    complete('c', 'kick-off');
    complete('u/u2', 'scheme');
    enrolHousehold(['5', 'u2', 'on-file']);
    expect(status('h/5', 'visit')).toBe('open');
  });
  it('do not wait for those whom the task does not concern', () => {
    complete('c', 'kick-off');
    complete('u/u1', 'scheme');
    complete('h/1', 'visit');
    expect([status('u/u1', 'report'), world.instances.get('u/u1')?.gates['report']]).toMatchObject([
      'open',
      { done: 1, total: 1, excluded: 1 },
    ]);
  });
  it('wait for whoever the register names, though the first to begin is left out', () =>
    expect(status('u/u2', 'report')).toBe('waiting'));
});

describe('rows across instances', () => {
  const findings = [1, 2].map((row) => ({ row, due: '2020-11-10', union: 'u2', holder: 'officer-u2' }));

  it('become tasks of the union they name', () => {
    at('2020-10-19 10:00');
    complete('c', 'inspect', { table: 'findings', rows: findings });
    expect([
      status('u/u2', 'rectify:c.inspect.1'),
      status('u/u2', 'rectify:c.inspect.2'),
      status('u/u1', 'rectify:c.inspect.1'),
    ]).toEqual(['open', 'open', 'waiting']);
  });
  it('admit a household, which counts from then on', () => {
    at('2020-10-14 10:00');
    complete('u/u1', 'sweep', { table: 'found', rows: [{ row: 1 }, { row: 2 }] });
    complete('h/1', 'visit');
    expect([status('h/u1-1', 'visit'), status('h/u1-2', 'visit'), world.instances.get('c')?.gates['bulletin']?.total]).toEqual([
      'open',
      'open',
      5,
    ]);
  });
});

/** The whole campaign. h/1 does everything in time; h/2 is visited late; h/3 never; union u2 hands its scheme in too late; nobody rectifies. */
function playAll(): void {
  submissions = 0;
  at('2020-10-14 10:00');
  complete('u/u1', 'scheme');
  accept('u/u1', 'scheme');
  at('2020-10-15 15:00');
  complete('h/1', 'visit');
  complete('h/1', 'aid-list', { table: 'measures', rows: [{ row: 1, due: '2020-10-29', holder: 'cadre-1' }] });
  at('2020-10-19 10:00');
  complete('c', 'inspect', { table: 'findings', rows: [{ row: 1, due: '2020-10-30', union: 'u2', holder: 'officer-u2' }] });
  complete('u/u2', 'scheme', { lateReason: true });
  at('2020-10-21 10:00');
  accept('u/u2', 'scheme');
  at('2020-10-28 10:00');
  complete('h/1', 'measure:aid-list.1');
  complete('h/2', 'visit', { lateReason: true });
  at('2020-10-30 17:00');
  complete('h/2', 'aid-list');
  at('2021-01-31 00:00');
  for (const instance of world.instances.keys()) world.send(instance, { body: { kind: 'close' }, by: { system: 'reconciler' } });
}

describe('a campaign played to its end', () => {
  beforeEach(playAll);

  it('has spoken on every rung that was due, at its instant, to whom it concerned', () =>
    expect(rungs()).toEqual([
      // The scheme is due on Friday 16 October: its third working day before is the 13th.
      '2020-10-13 09:00 u/u1 scheme before-3 officer-u1',
      '2020-10-13 09:00 u/u2 scheme before-3 officer-u2',
      // The inspection is due on Tuesday the 20th. u1 has handed its scheme in meanwhile.
      '2020-10-15 09:00 c inspect before-3 office-1',
      '2020-10-15 09:00 u/u2 scheme before-1 officer-u2',
      '2020-10-16 09:00 u/u2 scheme on-day officer-u2',
      '2020-10-17 00:00 u/u2 scheme overdue officer-u2',
      // The inspection is over on the 19th at 10:00. Visits are due on Thursday the 22nd; h/1 was visited on the 15th.
      '2020-10-19 09:00 c inspect before-1 office-1',
      '2020-10-19 09:00 h/2 visit before-3 cadre-2',
      '2020-10-19 09:00 h/3 visit before-3 cadre-3',
      // u2's scheme is with its head since the 19th, so that two working days late goes above the head.
      '2020-10-20 09:00 u/u2 scheme after-2 office-1',
      '2020-10-21 09:00 h/2 visit before-1 cadre-2',
      '2020-10-21 09:00 h/3 visit before-1 cadre-3',
      '2020-10-22 09:00 h/2 visit on-day cadre-2',
      '2020-10-22 09:00 h/3 visit on-day cadre-3',
      '2020-10-23 00:00 h/2 visit overdue cadre-2',
      '2020-10-23 00:00 h/3 visit overdue cadre-3',
      // h/1's measure is due on Thursday the 29th and done on the 28th at 10:00.
      '2020-10-26 09:00 h/1 measure:aid-list.1 before-3 cadre-1',
      '2020-10-26 09:00 h/2 visit after-2 head-u1',
      '2020-10-26 09:00 h/3 visit after-2 head-u2',
      // What u2 must rectify is due on Friday the 30th.
      '2020-10-27 09:00 u/u2 rectify:c.inspect.1 before-3 officer-u2',
      '2020-10-28 09:00 h/1 measure:aid-list.1 before-1 cadre-1',
      '2020-10-29 09:00 u/u2 rectify:c.inspect.1 before-1 officer-u2',
      '2020-10-29 09:00 h/3 visit after-5 office-1',
      '2020-10-30 09:00 u/u2 rectify:c.inspect.1 on-day officer-u2',
      // h/2's aid list opened on the 28th and was due within five working days; it was done on the 30th at 17:00.
      '2020-10-30 09:00 h/2 aid-list before-3 cadre-2',
      '2020-10-31 00:00 u/u2 rectify:c.inspect.1 overdue officer-u2',
      '2020-11-03 09:00 u/u2 rectify:c.inspect.1 after-2 head-u2',
      '2020-11-06 09:00 u/u2 rectify:c.inspect.1 after-5 office-1',
    ]));
  it('has made every claim once: as many messages as rungs that had somebody to go to', () => {
    const claims = records.messages.map(({ entry }) => entry.claim);
    const reached = records.audit.filter(({ entry }) => entry.kind === 'rungReached' && entry.detail?.['recipient'] !== null);
    expect([new Set(claims).size, rungs().length]).toEqual([claims.length, reached.length]);
  });
  it('opened the office’s tasks when enough had been done', () =>
    expect(['sum-up', 'bulletin'].map((id) => inBeijing(world.instances.get('c')!.tasks[id]!.openedAt))).toEqual([
      '2020-10-21 10:00',
      '2020-10-28 10:00',
    ]));
  it('counted at the gates what had been done, and at the end what was missed', () =>
    expect(world.instances.get('c')?.gates).toMatchObject({ 'sum-up': { done: 2, total: 2 }, bulletin: { done: 2, total: 3 } }));
  it('opened the report of the union whose households had all been visited', () =>
    expect([status('u/u1', 'report'), status('u/u2', 'report')]).toEqual(['missed', 'waiting']));
  it('ended what was done as done and the rest as missed', () =>
    expect(
      Object.fromEntries(
        [...world.instances].map(([instance, { tasks }]) => [
          instance,
          Object.entries(tasks).map(([key, { status: ended }]) => `${key} ${ended}`),
        ]),
      ),
    ).toEqual({
      c: ['inspect done', 'sum-up missed', 'bulletin missed'],
      'u/u1': ['scheme done', 'sweep missed', 'report missed'],
      'u/u2': ['scheme done', 'sweep missed', 'rectify:c.inspect.1 missed'],
      'h/1': ['visit done', 'aid-list done', 'measure:aid-list.1 done'],
      'h/2': ['visit done', 'aid-list done'],
      'h/3': ['visit missed'],
    }));
  it('knows what was late', () => {
    const late = [...world.instances].flatMap(([instance, { tasks }]) =>
      Object.entries(tasks).flatMap(([key, { submittedAt, deadline }]) =>
        submittedAt !== null && submittedAt > deadline ? [`${instance} ${key}`] : [],
      ),
    );
    expect(late).toEqual(['u/u2 scheme', 'h/2 visit']);
  });
  it('turned its phases at midnight', () =>
    expect(records.audit.filter(({ entry }) => entry.kind === 'phaseEnded').map(({ entry }) => inBeijing(entry.at))).toEqual([
      '2020-10-26 00:00',
      '2020-12-01 00:00',
      '2021-01-01 00:00',
    ]));
  it('has nothing left to wake for', () => expect(world.nextWake()).toBeNull());
  it('comes out the same when time goes hour by hour', () => {
    const outcome = () => ({
      rungs: rungs(),
      instances: [...world.instances].map(([instance, { tasks, facts, gates }]) => ({ instance, tasks, facts, gates })),
    });
    const atOnce = outcome();
    world = createWorld();
    stepMs = 3_600_000;
    playAll();
    expect(outcome()).toEqual(atOnce);
  });
});
