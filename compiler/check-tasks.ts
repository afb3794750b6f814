/** Tasks: every name they use exists and can be seen from their scope, and their dates lie within their phase. */
import { toldRole } from './check-roles.ts';
import { checkDueFrom, checkOffset, checkReturns } from './check-times.ts';
import { checkPrefillFits } from './check-prefill.ts';
import { type Checking, checkName, isVisibleFrom } from './checking.ts';
import { checkCondition, checkFactValue, reportFactScope } from './conditions.ts';
import { cellsOf, fieldsOf, isTable } from './fields.ts';
import { type PlacedTask, reportDuplicate, rowTemplates } from './gather.ts';
import { checkOthers } from './check-others.ts';
import { holdingRole } from './holders.ts';
import type { Place } from './issue.ts';
import { ladderOf, reviewLadderOf } from './ladders.ts';
import type { Review, Task } from './language.ts';
import { findDueDate } from './time-language.ts';
import { SAY } from './messages.ts';
import { NOTES } from './messages/notes.ts';

/** `read` collects the facts that conditions ask for. */
export function checkTasks(checking: Checking, read: Set<string>): void {
  checkIds(checking);
  for (const placed of checking.definition.tasks) {
    const { task } = placed;
    checkName(checking, { kind: 'forms', name: task.form, container: task, key: 'form' });
    checkPeople(checking, task);
    checkOthers(checking, task);
    checkConditions(checking, task, read);
    checkSample(checking, task);
    checkAfter(checking, placed);
    checkDue(checking, placed);
    checkDueFrom(checking, placed, read);
    checkReturns(checking, task);
    checkHold(checking, placed);
    checkAssigns(checking, task);
    checkFormFits(checking, task);
    checkPrefillFits(checking, task);
  }
}

function checkIds({ definition, places, report, patched }: Checking): void {
  const unique = (what: string, items: readonly object[], key: string): void => {
    const seen = new Map<string | number, object>();
    for (const item of items) {
      const id = (item as Record<string, string | number>)[key]!;
      const first = seen.get(id);
      if (first) reportDuplicate(report, { what, id, place: places.of(item, key), first: places.of(first, key) });
      else seen.set(id, item);
    }
  };
  const actions = definition.phases.flatMap((phase) => phase.actions);
  unique('phase', definition.phases, 'id');
  unique('action', actions, 'id');
  unique(
    'action number',
    actions.filter((action) => !patched.has(action)),
    'number',
  );
  unique(
    'task',
    definition.tasks.map(({ task }) => task),
    'id',
  );
  for (const action of actions) {
    if (action.tasks.length === 0 && !patched.has(action.tasks))
      report('EMPTY_ACTION', places.of(action), SAY.EMPTY_ACTION.main({ action: action.id }));
  }
}

/** Whoever holds, reviews or is told must be a role that the task's instance can see, and a different one where that matters. */
function checkPeople(checking: Checking, task: Task): void {
  const { definition, places, report } = checking;
  const holder = holdingRole(task);
  const written = typeof task.holder === 'string' ? { container: task, key: 'holder' } : { container: task.holder, key: 'role' };
  if (holder !== undefined) checkRole(checking, { task, role: holder, ...written, does: 'holds it' });
  for (const review of task.reviews ?? []) {
    const key = review.confirm === undefined ? 'accept' : 'confirm';
    const role = review[key]!;
    checkRole(checking, { task, role, container: review, key, does: 'reviews it' });
    if (definition.roles.has(role) && isAlone(checking, { role, actor: holder })) {
      report('REVIEWER_IS_HOLDER', places.of(review, key), SAY.REVIEWER_IS_HOLDER.main({ role, task: task.id }));
    }
    checkReviewTime(checking, { task, review, role });
  }
  const ladder = ladderOf(task);
  checkName(checking, { kind: 'ladders', name: ladder, container: task, key: 'ladder' });
  const place = places.of(task, task.ladder === undefined ? 'id' : 'ladder');
  checkTold(checking, { task, ladder, place, actor: holder, acts: 'holds' });
}

/** Nobody stands in for a role that is the very one who acts. */
const isAlone = ({ definition }: Checking, { role, actor }: { role: string; actor: string | undefined }): boolean =>
  role === actor && definition.roles.get(role)?.fallback === undefined;

function checkReviewTime(checking: Checking, { task, review, role }: { task: Task; review: Review; role: string }): void {
  const ladder = reviewLadderOf(checking.definition, task, review);
  if (ladder === undefined) return;
  checkOffset(checking, review.within!);
  if (review.ladder !== undefined) checkName(checking, { kind: 'ladders', name: ladder, container: review, key: 'ladder' });
  const place = checking.places.of(review, review.ladder === undefined ? 'within' : 'ladder');
  checkTold(checking, { task, ladder, place, actor: role, acts: 'reviews' });
}

interface Telling {
  readonly task: Task;
  readonly ladder: string;
  readonly place: Place;
  /** The role that acts meanwhile. */
  readonly actor: string | undefined;
  readonly acts: 'holds' | 'reviews';
}

/** Whom a ladder tells of a task: somebody its instance can see, and somebody else than who acts. */
function checkTold(checking: Checking, { task, ladder, place, actor, acts }: Telling): void {
  const { definition, places, report } = checking;
  for (const rung of definition.ladders.get(ladder) ?? []) {
    const role = toldRole(rung);
    const told = definition.roles.get(role ?? '');
    if (role === undefined || told === undefined) continue;
    if (!isVisibleFrom(told.scope, task.scope)) {
      report(
        'SCOPE_MISMATCH',
        place,
        SAY.SCOPE_MISMATCH.ladder({ ladder, role, roleScope: told.scope, task: task.id, scope: task.scope }),
        [{ ...places.of(rung), note: NOTES.rung }],
      );
    } else if (isAlone(checking, { role, actor })) {
      report('NO_ONE_TO_TELL', place, SAY.NO_ONE_TO_TELL.main({ rung: rung.id, ladder, role, acts, task: task.id }), [
        { ...places.of(rung), note: NOTES.rung },
      ]);
    }
  }
}

function checkRole(
  checking: Checking,
  { task, role, container, key, does }: { task: Task; role: string; container: object; key: string; does: string },
): void {
  checkName(checking, { kind: 'roles', name: role, container, key });
  const found = checking.definition.roles.get(role);
  if (found !== undefined && !isVisibleFrom(found.scope, task.scope)) {
    checking.report(
      'SCOPE_MISMATCH',
      checking.places.of(container, key),
      SAY.SCOPE_MISMATCH.role({ task: task.id, scope: task.scope, role, does, roleScope: found.scope }),
    );
  }
}

function checkConditions(checking: Checking, task: Task, read: Set<string>): void {
  const { definition, places, report } = checking;
  const { scope } = task;
  if (task.when !== undefined) checkCondition(checking, { container: task, key: 'when' }, { scope, read });
  for (const review of task.reviews ?? [])
    if (review.when !== undefined) checkCondition(checking, { container: review, key: 'when' }, { scope, read });
  for (const outcome of task.outcomes ?? []) {
    if (outcome.when !== undefined) checkCondition(checking, { container: outcome, key: 'when' }, { scope, read });
    for (const [name, value] of Object.entries(outcome.set ?? {})) {
      const set = outcome.set!;
      checkName(checking, { kind: 'facts', name, container: set, key: name, atKey: true });
      const fact = definition.facts.get(name);
      if (fact === undefined) continue;
      if (fact.scope !== scope) reportFactScope(checking, { name, fact, scope, container: set });
      checkFactValue(checking, { name, fact, value, container: set, key: name });
      if (name === 'enrolment' && fact.from === 'roster') {
        report('SCOPE_MISMATCH', places.ofKey(set, name), SAY.SCOPE_MISMATCH.enrolment);
      }
    }
  }
}

function checkSample({ places, report }: Checking, task: Task): void {
  if (task.sample === undefined || task.scope !== 'campaign') return;
  report('SCOPE_MISMATCH', places.ofKey(task, 'sample'), SAY.SCOPE_MISMATCH.sample({ task: task.id }));
}

function checkAfter(checking: Checking, { task, phaseIndex }: PlacedTask): void {
  const { definition, places, report } = checking;
  task.after?.forEach((name, index) => {
    checkName(checking, { kind: 'tasks', name, container: task.after!, key: index });
    const other = definition.tasks.find((placed) => placed.task.id === name);
    if (other === undefined) return;
    const place = places.of(task.after!, index);
    if (other.task.scope !== task.scope) {
      report(
        'SCOPE_MISMATCH',
        place,
        SAY.SCOPE_MISMATCH.after({
          task: task.id,
          scope: task.scope,
          other: name,
          otherScope: other.task.scope,
          isBelow: isVisibleFrom(task.scope, other.task.scope),
        }),
      );
      return;
    }
    // Rows made elsewhere arrive when they arrive: an instance cannot know that the last of them has come.
    const elsewhere = definition.tasks.find(
      (source) => source.task.scope !== task.scope && source.task.rows?.some((rule) => rule.task === name),
    );
    if (elsewhere !== undefined) {
      report(
        'SCOPE_MISMATCH',
        place,
        SAY.SCOPE_MISMATCH.afterRows({
          other: name,
          source: elsewhere.task.id,
          sourceScope: elsewhere.task.scope,
          task: task.id,
          scope: task.scope,
        }),
      );
    }
    if (other.phaseIndex > phaseIndex) {
      report('LATER_PHASE', place, SAY.LATER_PHASE.after({ other: name, phase: other.phase.id }), [
        { ...places.of(other.task, 'id'), note: NOTES.defined },
      ]);
    }
  });
}

export function checkDue({ definition, places, report, patched }: Checking, { task, phase }: PlacedTask): void {
  const due = findDueDate(task.due);
  const final = definition.phases.at(-1)!;
  if (due === undefined || patched.has(phase) || patched.has(final)) return;
  const last = final.ends;
  if (due.date < phase.starts || due.date > last) {
    report(
      'DATE_OUTSIDE_CAMPAIGN',
      places.of(due, 'date'),
      SAY.DATE_OUTSIDE_CAMPAIGN.due({ task: task.id, date: due.date, from: phase.starts, to: last }),
    );
  } else if (task.atEnd === 'close' && due.date > phase.ends) {
    report(
      'CLOSES_BEFORE_DUE',
      places.of(task, 'atEnd'),
      SAY.CLOSES_BEFORE_DUE.date({ task: task.id, closes: phase.ends, due: due.date }),
      [{ ...places.of(due, 'date'), note: NOTES.due }],
    );
  } else if (due.date > phase.ends && task.atEnd === undefined) {
    // Whoever writes what the end of the phase does to it has thought of that end.
    report(
      'DUE_AFTER_PHASE',
      places.of(due, 'date'),
      SAY.DUE_AFTER_PHASE.main({ task: task.id, date: due.date, phase: phase.id, ends: phase.ends }),
      [{ ...places.of(phase, 'ends'), note: NOTES.ends }],
    );
  }
}

/** Only what opens by itself waits for an earlier phase to end. */
function checkHold({ definition, places, report }: Checking, { task, phaseIndex }: PlacedTask): void {
  if (task.atEnd !== 'hold') return;
  const made = rowTemplates(definition.tasks);
  const waits = ({ task: { id, scope }, phaseIndex: index }: PlacedTask): boolean =>
    scope === task.scope && index > phaseIndex && !made.has(id);
  if (definition.tasks.some(waits)) return;
  report('HOLDS_NOTHING', places.of(task, 'atEnd'), SAY.HOLDS_NOTHING.main({ task: task.id, scope: task.scope }));
}

function checkAssigns(checking: Checking, task: Task): void {
  const { definition, places, report } = checking;
  const form = definition.forms.get(task.form);
  for (const [name, role] of Object.entries(task.assigns ?? {})) {
    const assigns = task.assigns!;
    checkName(checking, { kind: 'facts', name, container: assigns, key: name, atKey: true });
    checkName(checking, { kind: 'roles', name: role, container: assigns, key: name });
    const fact = definition.facts.get(name);
    if (fact !== undefined && fact.type !== 'person') {
      report('FACT_TYPE_MISMATCH', places.ofKey(assigns, name), SAY.FACT_TYPE_MISMATCH.noPerson({ fact: name }));
    }
    const taken = definition.roles.get(role);
    if (taken !== undefined && taken.scope !== task.scope) {
      report(
        'SCOPE_MISMATCH',
        places.of(assigns, name),
        SAY.SCOPE_MISMATCH.assigns({ task: task.id, scope: task.scope, role, roleScope: taken.scope }),
      );
    }
    if (fact !== undefined && form !== undefined && !cellsOf(definition, form).some((cell) => cell.fact === name)) {
      report('FACT_NOT_IN_FORM', places.ofKey(assigns, name), SAY.FACT_NOT_IN_FORM.main({ form: task.form, fact: name }));
    }
  }
}

/** A form's facts and people belong to the scope of the tasks that use it. */
function checkFormFits(checking: Checking, task: Task): void {
  const { definition, places, report } = checking;
  const form = definition.forms.get(task.form);
  if (form === undefined) return;
  for (const cell of cellsOf(definition, form)) {
    const fact = definition.facts.get(cell.fact ?? '');
    if (fact !== undefined && fact.scope !== task.scope) {
      report(
        'SCOPE_MISMATCH',
        places.of(task, 'form'),
        SAY.SCOPE_MISMATCH.formFact({
          form: task.form,
          fact: cell.fact!,
          factScope: fact.scope,
          task: task.id,
          scope: task.scope,
        }),
      );
    }
  }
  const asked = fieldsOf(definition, form).flatMap((field) => (isTable(field) ? field.columns : [field]));
  const own = asked.find(({ union }) => union === 'own');
  if (own !== undefined && task.scope === 'campaign') {
    report(
      'SCOPE_MISMATCH',
      places.of(task, 'form'),
      SAY.SCOPE_MISMATCH.ownUnion({ form: task.form, field: own.id, task: task.id }),
    );
  }
}
