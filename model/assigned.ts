/**
 * Assigned items: instructions from above that become dated tasks. Every plan has a template for them without describing one, found wherever a template is
 * looked up; what a definition says of them (`assigned`) takes the place of what is built in.
 */
import type { FormSpec } from './form.ts';
import type { Ladder, Plan, Program, ProgramTask, ReviewStep, Role, Rung, Scope, TaskTemplate, Title } from './plan.ts';
import type { AssignedItem } from './snapshot.ts';

/** The id of the template, its form and its ladder: a word of the language, which no definition may use for its own. */
export const ASSIGNED = 'assigned';

export const ASSIGNED_TITLE: Title = { zh: '交办事项', en: 'Assigned item' };

/** What a definition says of assigned items; what it leaves out is built in. */
export interface AssignedRules {
  readonly form?: string;
  readonly ladder?: string;
  /** The role that accepts what was done; without it, it is done when it is handed in. */
  readonly review?: string;
  /** By scope: the role that holds an item given to nobody in particular. */
  readonly holder?: Readonly<Partial<Record<Scope, string>>>;
}

/** The n-th item of an instance, from 1. */
export const itemKey = (number: number): string => `${ASSIGNED}:${number}`;

/** The product's choice: of the posts that a register knows, the first that the definition has. */
const HOLDERS: Readonly<Record<Scope, readonly string[]>> = {
  campaign: ['office'],
  union: ['union-officer', 'union-head'],
  household: ['cadre', 'union-officer', 'union-head'],
};
const OFFICE = 'office';
const HEAD = 'union-head';
const NINE = 9 * 60;

type Roles = readonly Pick<Role, 'id'>[];
const isThere = (roles: Roles, role: string): boolean => roles.some(({ id }) => id === role);

/** As an instance of a scope has it. */
export function assignedTemplate(
  {
    assigned = {},
    roles,
    startsAt,
    endsAt,
  }: Pick<Plan | Program, 'assigned' | 'startsAt' | 'endsAt'> & { readonly roles: Roles },
  scope: Scope,
): ProgramTask {
  const { form = ASSIGNED, ladder = ASSIGNED, review } = assigned;
  const holder = assigned.holder?.[scope] ?? HOLDERS[scope].find((role) => isThere(roles, role)) ?? OFFICE;
  return {
    id: ASSIGNED,
    // Of none: no phase waits for it, and none ends it.
    phase: '',
    action: '',
    origin: 'assigned',
    opensAt: startsAt,
    after: [],
    holder: { role: holder },
    due: { kind: 'row' },
    atEnd: 'late',
    endsAt,
    form,
    reviews: review === undefined ? [] : [acceptedBy(review)],
    ladder,
    outcomes: [],
    assigns: {},
    rows: [],
    feeds: [],
  };
}

const acceptedBy = (role: string): ReviewStep => ({ id: `1-accept-${role}`, by: role, kind: 'accept' });

/** The template as one item has it, which may have been given a ladder and a reviewer of its own. A ladder that is gone by now is the template's. */
export function itemTemplate<Template extends ProgramTask>(
  { ladders }: Pick<Program, 'ladders'>,
  template: Template,
  { ladder, review }: AssignedItem,
): Template {
  if (ladder === undefined && review === undefined) return template;
  const own = ladder !== undefined && Object.hasOwn(ladders, ladder) ? { ladder } : {};
  return { ...template, ...own, ...(review === undefined ? {} : { reviews: [acceptedBy(review)] }) };
}

/** What ladders are looked up in. `scope`: of a program; a plan has all rungs that any scope has. */
interface Laddered {
  readonly ladders: Readonly<Record<string, Ladder>>;
  readonly roles: Roles;
  readonly scope?: Scope;
}

/** A ladder of the plan or program, or the one that is built in; undefined when there is none that is called so. */
export function findLadder(of: Laddered, id: string): Ladder | undefined {
  return Object.hasOwn(of.ladders, id) ? of.ladders[id] : id === ASSIGNED ? builtInLadder(of) : undefined;
}

/** The day before, the moment it is overdue, then one level up and after that the office. The campaign has nobody between. */
function builtInLadder({ roles, scope }: Laddered): Ladder {
  const told: readonly Rung[] = [
    { id: 'due-soon', kind: 'reminder', offset: { unit: 'workingDays', count: -1, atMinute: NINE }, to: 'assignee' },
    { id: 'overdue', kind: 'reminder', offset: null, to: 'assignee' },
    { id: 'head', kind: 'escalation', offset: { unit: 'workingDays', count: 1, atMinute: NINE }, to: HEAD },
    { id: 'office', kind: 'escalation', offset: { unit: 'workingDays', count: 3, atMinute: NINE }, to: OFFICE },
  ];
  const isTold = ({ to }: Rung): boolean => to === 'assignee' || (isThere(roles, to) && (to !== HEAD || scope !== 'campaign'));
  return { id: ASSIGNED, rungs: told.filter(isTold) };
}

/** A task of a plan, or the template of assigned items as that scope has it. */
export function findTemplate(plan: Plan, { template: id, scope }: { template: string; scope: Scope }): TaskTemplate | undefined {
  const own = plan.tasks.find((each) => each.id === id);
  if (own !== undefined || id !== ASSIGNED) return own;
  return { ...assignedTemplate(plan, scope), title: ASSIGNED_TITLE, basis: { kind: 'house' }, scope };
}

/** Whether tasks of a plan may be of it. */
export const isTemplate = ({ tasks }: Pick<Plan, 'tasks'>, id: string): boolean =>
  id === ASSIGNED || tasks.some((task) => task.id === id);

/** A form of a plan, or the one that is built in. */
export function findForm({ forms }: Pick<Plan, 'forms'>, id: string): FormSpec | undefined {
  return Object.hasOwn(forms, id) ? forms[id] : id === ASSIGNED ? FORM : undefined;
}

const FORM: FormSpec = {
  id: ASSIGNED,
  title: { zh: '交办事项办理情况', en: 'What was done about an assigned item' },
  fields: [
    {
      id: 'done',
      title: { zh: '办理情况', en: 'What was done' },
      type: 'long-text',
      required: true,
      privacy: 'personal',
    },
    {
      id: 'evidence',
      title: { zh: '佐证材料', en: 'Evidence' },
      type: 'evidence',
      required: false,
      privacy: 'personal',
    },
  ],
};
