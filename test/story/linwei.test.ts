/**
 * The whole Linwei campaign with simulated people, on the virtual clock and on Temporal with a stepped clock. What one does the other must do,
 * and both must do what the plan says: openings, rungs and row tasks are recomputed here from the definition's dates alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { UnionReport } from '../../client/api.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import type { OutboxMessage } from '../../model/flush.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import type { Habits } from '../../simulator/people.ts';
import { findInstances } from '../../store/instances.ts';
import { type FoundTask, findTasks } from '../../store/tasks.ts';
import { withEngine } from '../running/engine.ts';
import { expectedRungs, lastRungAt } from './expected-rungs.ts';
import { play } from './play.ts';
import { createTemporalStage } from './temporal-stage.ts';
import { createVirtualStage } from './virtual-stage.ts';

const DAY = 86_400_000;
const byText = (a: string | undefined, b: string | undefined): number => ((a ?? '') < (b ?? '') ? -1 : 1);
const ALL = 100_000;
const beijing = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const habits: Habits = { late: 0.15, never: 0.06, returned: 0.2 };
const wishes = {
  'rectification-ledger': { ledger: 2 },
  sweep: { found: 1 },
  determination: { outcome: { weights: { assist: 4, exit: 1 } } },
  'inspection-record': { findings: 1 },
};

const compilation = compileDefinition(readDefinition('definitions/linwei-2020'));
if (!('plan' in compilation)) throw new Error(JSON.stringify(compilation.issues));
const compiled = compilation;
const { plan } = compiled;
const roster = createSampleRoster({ seed: 11, unions: 2, households: 5, earlier: 2 });
const run = 'linwei-story';
const script = { seed: 5, habits, wishes, endsAt: plan.endsAt, until: plan.endsAt + 40 * DAY };
const startsAt = plan.startsAt - DAY;

interface Told {
  readonly instance: string;
  readonly payload: OutboxMessage;
  readonly delivered: number;
}

interface Outcome {
  readonly tasks: readonly FoundTask[];
  readonly told: readonly Told[];
  readonly audit: readonly {
    instance: string;
    kind: string;
    task: string | null;
    at: number;
    detail: Record<string, unknown> | null;
  }[];
  readonly facts: ReadonlyMap<string, unknown>;
  readonly clean: boolean;
  readonly status: string;
  readonly report: readonly UnionReport[];
  readonly mail: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

let real: Outcome;
const virtual = createVirtualStage({ compiled, roster, run, startsAt });

beforeAll(async () => {
  await play(virtual, script);
  real = await withEngine(async ({ client, messages, logged }) => {
    await client.start({ compiled, roster, run, clock: { kind: 'stepped', anchor: startsAt }, author: 'operator' });
    const stage = createTemporalStage({ client, run, startsAt });
    await stage.advance(startsAt);
    await play(stage, script);
    const { enginePool } = client.room;
    await vi.waitFor(async () => expect((await client.status(run)).status).toBe('closed'), { timeout: 60_000, interval: 100 });
    const { rows: told } = await enginePool.query<Told>(
      `select o.instance, o.payload, (select count(*) from deliveries d where d.run_id = o.run_id and d.claim = o.claim) as delivered
         from outbox o where o.run_id = $1 and o.kind = 'message'`,
      [run],
    );
    const { rows: audit } = await enginePool.query(
      'select instance, kind, task, at, detail from audit where run_id = $1 order by instance, seq',
      [run],
    );
    const instances = await findInstances(enginePool, { run, limit: ALL });
    const folder = join(messages, run);
    return {
      tasks: await findTasks(enginePool, { run, limit: ALL }),
      told,
      audit,
      facts: new Map(instances.map(({ instance, facts }) => [instance, facts])),
      clean: (await client.verify(run, { repair: false })).clean,
      status: (await client.status(run)).status,
      report: (await client.report(run)).unions,
      mail: new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
      warnings: logged,
    };
  });
}, 600_000);

describe('the Linwei campaign on the stepped clock of the real engine', () => {
  it('ends with every instance closed and the books balanced', () => {
    expect(real.status).toBe('closed');
    expect(real.clean).toBe(true);
    expect(real.warnings).toEqual([]);
  });

  it('does with each task what the virtual clock did', () => {
    const open = new Set(['open', 'returned', 'inReview']);
    // Closing the run, which only the real engine does, ends what was never done as missed.
    const told = ({
      status,
      ...task
    }: {
      status: string;
      openedAt: number;
      deadline: number;
      holder: string | null;
      submittedAt: number | null;
      returns: number;
    }) =>
      [open.has(status) ? 'missed' : status, task.openedAt, task.deadline, task.holder, task.submittedAt, task.returns].join(' ');
    const expected = [...virtual.world.instances].flatMap(([instance, { tasks }]) =>
      Object.entries(tasks).map(([key, task]) => `${instance}/${key} ${told(task)}`),
    );
    expect(real.tasks.map((task) => `${task.instance}/${task.key} ${told(task)}`).sort()).toEqual(expected.sort());
  });

  it('tells people exactly what the virtual clock told them, each thing once', () => {
    expect(real.told.map(({ payload }) => `${payload.at} ${payload.claim}`).sort()).toEqual(
      virtual.messages.map(({ entry }) => `${entry.at} ${entry.claim}`).sort(),
    );
    expect(real.told.filter(({ delivered }) => delivered !== 1)).toEqual([]);
  });

  it('leaves the facts that the virtual clock left', () => {
    for (const [instance, { facts }] of virtual.world.instances) expect(real.facts.get(instance), instance).toEqual(facts);
  });

  it.each(plan.phases.map((phase) => [phase.id, phase] as const))(
    'begins and ends phase %s on its dates',
    (id, { startsAt: begins, endsAt: ends }) => {
      const at = (kind: string) =>
        real.audit.filter((entry) => entry.kind === kind && entry.detail?.['phase'] === id).map((entry) => entry.at);
      expect(at('phaseStarted')).toEqual([begins]);
      expect(at('phaseEnded')).toEqual([ends + 1]);
    },
  );

  it('has the five phases on the dates of the document, both ends included', () => {
    const dates = [
      ['2020-10-13', '2020-10-16'],
      ['2020-10-16', '2020-10-21'],
      ['2020-10-21', '2020-10-29'],
      ['2020-10-29', '2020-12-16'],
      ['2020-12-16', '2021-01-01'],
    ];
    expect(plan.phases.map(({ startsAt: begins, endsAt: ends }) => [begins, ends + 1])).toEqual(
      dates.map(([from, to]) => [beijing(`${from} 00:00`), beijing(`${to} 00:00`)]),
    );
  });

  it.each(plan.actions.map((action) => [action.number, action.id, action.phase] as const))(
    'opens action %i (%s) with its phase, and its first tasks are due within it',
    (_number, action, phaseId) => {
      const phase = plan.phases.find(({ id }) => id === phaseId)!;
      const templates = new Set(
        plan.tasks.filter((task) => task.action === action && task.origin === 'plan').map(({ id }) => id),
      );
      const opened = real.tasks.filter(({ template }) => templates.has(template));
      expect(Math.min(...opened.map(({ openedAt }) => openedAt))).toBe(phase.startsAt);
      const first = opened.filter(({ openedAt }) => openedAt === phase.startsAt);
      expect(first.length).toBeGreaterThan(0);
      expect(first.filter(({ deadline }) => deadline > phase.endsAt)).toEqual([]);
    },
  );

  it.each(['rectification', 'measure', 'lead-unit-contact', 'inspection-record', 'gap', 'union-gap', 'prevention'])(
    'made a %s task of every row that asks for one, and no other',
    (template) => {
      const rules = plan.tasks.flatMap((source) =>
        source.rows.filter(({ task }) => task === template).map((rule) => ({ source: source.id, table: rule.table })),
      );
      const rows = [...virtual.submissions].flatMap(([, { task, template: of, rows: given }]) =>
        rules
          .filter(({ source }) => source === of)
          .flatMap(({ table }) => given.filter((row) => row.table === table).map((row) => `${task}#${row.row}`)),
      );
      const made = real.tasks
        .filter((task) => task.template === template)
        .map(({ source }) => `${source!.instance}/${source!.task}#${source!.row}`);
      expect(rows.length).toBeGreaterThan(0);
      expect(made.sort()).toEqual(rows.sort());
    },
  );

  it('admitted every household that a sweep found', () => {
    const found = [...virtual.submissions.values()].filter(({ template }) => template === 'sweep').flatMap(({ rows }) => rows);
    const admitted = [...real.facts.keys()].filter(
      (instance) => !roster.households.some(({ id }) => `h/${id}` === instance) && instance.startsWith('h/'),
    );
    expect(found.length).toBeGreaterThan(0);
    expect(admitted).toHaveLength(found.length);
  });

  it('speaks every rung of the ladder for the tasks that deserve it, at its time, once, and no other', () => {
    const spoken = real.audit
      .filter(({ kind }) => kind === 'rungReached')
      .map(({ instance, task, at, detail }) => `${instance}/${task} ${String(detail!['rung'])} ${at}`);
    const closedAt = Math.max(...real.audit.filter(({ kind }) => kind === 'closed').map(({ at }) => at));
    expect(spoken.sort()).toEqual(expectedRungs({ plan, tasks: real.tasks, closedAt }).sort());
    expect(new Set(spoken).size).toBe(spoken.length);
    const kinds = new Set(spoken.map((line) => line.split(' ')[1]));
    expect([...kinds].sort(byText)).toEqual(
      [...new Set(Object.values(plan.ladders).flatMap(({ rungs }) => rungs.map(({ id }) => id)))].sort(byText),
    );
  });

  it('closes after the last rung of the last task, and not before the campaign is over', () => {
    const closedAt = Math.min(...real.audit.filter(({ kind }) => kind === 'closed').map(({ at }) => at));
    expect(closedAt).toBeGreaterThan(plan.endsAt);
    expect(closedAt).toBeGreaterThanOrEqual(lastRungAt({ plan, tasks: real.tasks }));
  });

  it('sends the leading group one list a day at most beside the bulletins, by union and without a household', () => {
    const text = real.mail.get('leading-group.txt')!;
    const letters = text.split(/^(?=\d{4}-\d{2}-\d{2} \d{2}:\d{2} )/m).filter((letter) => letter !== '');
    const bulletins = letters.filter((letter) => letter.includes(plan.bulletins[0]!.title.zh));
    expect(bulletins.length).toBeGreaterThan(0);
    const days = letters.filter((letter) => !bulletins.includes(letter)).map((letter) => letter.slice(0, 10));
    expect(days.length).toBeGreaterThan(0);
    expect(new Set(days).size).toBe(days.length);
    const words = text.replaceAll(/^ {4}#.*$/gm, '');
    for (const { id, name, idNumber } of roster.households) {
      expect(words).not.toContain(id);
      expect(words).not.toContain(name);
      expect(text).not.toContain(idNumber);
    }
  });

  it('reports by union what its tasks and messages add up to', () => {
    for (const line of real.report) {
      const own = real.tasks.filter(({ union }) => union === line.union);
      expect(line.onTime).toBe(own.filter(({ status, late }) => status === 'done' && !late).length);
      expect(line.late).toBe(own.filter(({ status, late }) => status === 'done' && late).length);
      expect(line.missed).toBe(own.filter(({ status }) => status === 'missed').length);
    }
    expect(real.report.reduce((sum, { reminders }) => sum + reminders, 0)).toBe(
      real.told.filter(({ payload }) => payload.purpose === 'reminder').length,
    );
  });
});
