/** What a new plan changes for people: told once, with what it was and what it shall be. */
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { type Change, diffPlans } from '../../explainer/diff-plans.ts';
import type { Plan, TaskTemplate } from '../../model/plan.ts';

const compiled = compileDefinition(readDefinition('definitions/linwei-2020'));
if (!('plan' in compiled)) throw new Error('it does not compile');
const { plan, programs } = compiled;
const { days } = programs.campaign;
const DAY = 86_400_000;
const diff = (after: Plan, before: Plan = plan): readonly Change[] => diffPlans({ plan: before, days }, { plan: after, days });
const withTask = (id: string, change: Partial<TaskTemplate>): Plan => ({
  ...plan,
  tasks: plan.tasks.map((task) => (task.id === id ? { ...task, ...change } : task)),
});
const visit = plan.tasks.find(({ id }) => id === 'visit')!;

describe('a plan and itself', () => {
  it('differ in nothing', () => expect(diff(plan)).toEqual([]));
});

describe('a task', () => {
  it.each<[string, Partial<TaskTemplate>, string, string | null, string | null]>([
    ['title', { title: { zh: '走访', en: 'Call' } }, 'title', '入户走访 (Visit)', '走访 (Call)'],
    ['basis', { basis: { kind: 'house' } }, 'basis', '六（三）5', 'house'],
    [
      'holder',
      { holder: { role: 'union-head' } },
      'who does it',
      'cadre 结对帮扶干部 (Paired cadre)',
      'union-head 基层工会主要负责人 (Head of the union)',
    ],
    ['predecessors', { after: ['pairing', 'verification'] }, 'waits for', 'pairing', 'pairing, verification'],
    [
      'gate',
      { gate: { id: 'g', of: 'household', task: 'pairing', share: 0.5, latched: true } },
      'gate opens',
      null,
      '50% of the households have settled pairing',
    ],
    [
      'condition',
      { when: { op: 'is', fact: 'class', in: ['deep'] } },
      'condition',
      null,
      'class is deep 深度困难 (Deep hardship)',
    ],
    [
      'rule of its deadline',
      { due: { kind: 'afterOpening', workingDays: 4 } },
      'due',
      '2020-10-28',
      '4 working days after it opens',
    ],
    [
      'anchor of its deadline',
      {
        due: {
          kind: 'from',
          anchor: { on: 'done', task: 'pairing' },
          offset: { unit: 'workingDays', count: 2, atMinute: 1020 },
          otherwise: visit.endsAt,
          noticeWorkingDays: 3,
        },
      },
      'due',
      '2020-10-28',
      '2 working days after pairing 结对子 (Pairing) is done, at 17:00; until that is known, the end of its phase',
    ],
    [
      'time of day to be due at',
      { due: { kind: 'at', at: Date.parse('2020-10-28T17:00+08:00'), noticeWorkingDays: 3 } },
      'due',
      '2020-10-28',
      '2020-10-28 17:00',
    ],
    ['end', { atEnd: 'close' }, 'at its end', 'stays open, late', 'closed as missed'],
    ['hold on its phase', { atEnd: 'hold' }, 'at its end', 'stays open, late', 'stays open, late, and holds its phase open'],
    ['limit on returns', { returns: { atMost: 2 } }, 'returns at most', null, '2'],
    ['time after a return', { returns: { within: { unit: 'days', count: 1 } } }, 'a return gives', null, '1 day'],
    [
      'time to be reviewed in',
      { reviews: [{ ...visit.reviews[0]!, within: { unit: 'hours', count: 24 }, ladder: 'office' }] },
      'reviewed by',
      'union-officer 建档工会经办人 (Officer of the filing union) confirms',
      'union-officer 建档工会经办人 (Officer of the filing union) confirms within 24 hours (ladder office)',
    ],
    ['form', { form: 'pairing' }, 'form', 'visit-record', 'pairing'],
    ['reviews', { reviews: [] }, 'reviewed by', 'union-officer 建档工会经办人 (Officer of the filing union) confirms', null],
    ['outcomes', { outcomes: [{ set: { liftable: true } }] }, 'sets', null, 'liftable = true'],
    ['posts', { assigns: { cadre: 'cadre' } }, 'gives posts', null, 'cadre becomes cadre'],
    ['rows', { rows: [{ table: 'visits', task: 'measure', to: 'self' }] }, 'makes of rows', null, 'visits: measure'],
    ['ladder', { ladder: 'office' }, 'ladder', 'standard', 'office'],
  ])('that has another %s is told as changed in that', (_name, change, what, before, after) => {
    const [first, ...rest] = diff(withTask('visit', change));
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ about: 'task', id: 'visit', kind: 'changed' });
    expect(first!.aspects).toContainEqual({ what, before, after });
  });

  it('whose deadline moves is told by how many days', () => {
    const due = { ...(visit.due as Extract<TaskTemplate['due'], { kind: 'at' }>), at: visit.endsAt - 2 * DAY };
    expect(diff(withTask('visit', { due }))[0]!.aspects).toEqual([
      { what: 'due', before: '2020-10-28', after: '2020-10-26', movedDays: -2 },
    ]);
  });

  it('that is gone is told with everything it was, and one that came with everything it is', () => {
    const without: Plan = { ...plan, tasks: plan.tasks.filter(({ id }) => id !== 'visit') };
    const [removed] = diff(without);
    const [added] = diff(plan, without);
    expect(removed).toMatchObject({ about: 'task', id: 'visit', kind: 'removed' });
    expect(added).toMatchObject({ about: 'task', id: 'visit', kind: 'added' });
    expect(added!.aspects.map(({ what, after }) => [what, after])).toEqual(
      removed!.aspects.map(({ what, before }) => [what, before]),
    );
    expect(added!.aspects.map(({ what }) => what)).toEqual(expect.arrayContaining(['due', 'who does it', 'form', 'ladder']));
  });
});

describe('beside tasks', () => {
  const first = (after: Plan): Change => diff(after)[0]!;
  it('a phase that moves is told by its days', () =>
    expect(
      first({
        ...plan,
        phases: plan.phases.map((phase, index) => (index === 0 ? { ...phase, endsAt: phase.endsAt - DAY } : phase)),
      }),
    ).toMatchObject({
      about: 'phase',
      aspects: [{ what: 'ends', movedDays: -1 }],
    }));

  it('a rung that speaks at another time is told, under its ladder', () => {
    const { standard } = plan.ladders;
    const rungs = standard!.rungs.map((rung) =>
      rung.id === 'office' ? { ...rung, offset: { unit: 'workingDays' as const, count: 3, atMinute: 570 } } : rung,
    );
    expect(first({ ...plan, ladders: { ...plan.ladders, standard: { id: 'standard', rungs } } })).toMatchObject({
      about: 'rung',
      id: 'standard/office',
      aspects: [{ what: 'speaks', before: '2 working days after, 09:00', after: '3 working days after, 09:30' }],
    });
  });

  it('a field that must be answered now is told, also in a table', () => {
    const ledger = plan.forms['rectification-ledger']!;
    const fields = ledger.fields.map((field) =>
      field.type === 'table'
        ? {
            ...field,
            columns: field.columns.map((column) => (column.id === 'standard' ? { ...column, required: false } : column)),
          }
        : field,
    );
    expect(first({ ...plan, forms: { ...plan.forms, 'rectification-ledger': { ...ledger, fields } } })).toMatchObject({
      about: 'field',
      id: 'rectification-ledger/ledger.standard',
      aspects: [{ what: 'required', before: 'yes', after: 'no' }],
    });
  });

  it('a role that falls back on another is told', () =>
    expect(
      first({ ...plan, roles: plan.roles.map((role) => (role.id === 'union-officer' ? { ...role, fallback: 'office' } : role)) }),
    ).toMatchObject({
      about: 'role',
      id: 'union-officer',
      aspects: [{ what: 'when vacant', before: 'union-head', after: 'office' }],
    }));
});
