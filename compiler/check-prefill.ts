/** Prefilled fields: what they come from exists, is of their type, stays as private as it was, and is there in time. */
import { type Checking, checkName, meantAmong, suggest } from './checking.ts';
import { cellsOf, choicesOf, fieldsOf, isTable, privacyOf } from './fields.ts';
import type { Cell, Column } from './form-language.ts';
import { rowTemplates } from './gather.ts';
import type { Privacy } from '../model/form.ts';
import type { Task } from './language.ts';
import { REGISTER, REGISTER_FIELDS } from './register-fields.ts';
import { SAY } from './messages.ts';
import type { Said, Words } from './said.ts';
import { NOTES } from './messages/notes.ts';

type Source = { readonly task: string; readonly field: string };

/** Of one field or column: what it comes from. */
export function checkPrefill(checking: Checking, cell: Column): void {
  const { from } = cell;
  if (typeof from === 'object') return checkSource(checking, cell, from);
  if (from === undefined) return;
  const field = Object.hasOwn(REGISTER, from) ? REGISTER[from] : undefined;
  if (field !== undefined)
    return checkPrivacy(checking, cell, {
      privacy: field.privacy,
      what: { en: `'${from}' of the register`, zh: `名册中的“${from}”` },
    });
  checking.report(
    'PREFILL_UNKNOWN',
    checking.places.of(cell, 'from'),
    SAY.PREFILL_UNKNOWN.register({ from, near: suggest(from, REGISTER_FIELDS) }),
  );
}

function checkSource(checking: Checking, cell: Column, from: Source): void {
  const { definition, places, report } = checking;
  checkName(checking, { kind: 'tasks', name: from.task, container: from, key: 'task' });
  const task = definition.tasks.find((placed) => placed.task.id === from.task)?.task;
  const form = definition.forms.get(task?.form ?? '');
  if (task === undefined || form === undefined) return;
  const cells = cellsOf(definition, form);
  const source = cells.find(({ id }) => id === from.field);
  if (source === undefined) {
    report(
      'UNKNOWN_FIELD',
      places.of(from, 'field'),
      SAY.UNKNOWN_FIELD.prefill({
        form: task.form,
        task: from.task,
        field: from.field,
        near: suggest(
          from.field,
          cells.map(({ id }) => id),
        ),
      }),
      meantAmong(from.field, cells, checking),
    );
    return;
  }
  const privacy = privacyOf(source);
  checkPrivacy(checking, cell, {
    privacy,
    what: { en: `'${from.field}' of form '${task.form}'`, zh: `表单“${task.form}”中的“${from.field}”` },
  });
  if (source.type !== cell.type) {
    report(
      'PREFILL_TYPE_MISMATCH',
      places.of(cell, 'type'),
      SAY.PREFILL_TYPE_MISMATCH.type({ cell: cell.id, type: cell.type, field: from.field, form: task.form, source: source.type }),
      [{ ...places.of(source, 'type'), note: NOTES.source }],
    );
    return;
  }
  const members = Object.keys(choicesOf(definition, cell) ?? {});
  const strange = Object.keys(choicesOf(definition, source) ?? {}).filter((choice) => !members.includes(choice));
  if (strange.length > 0 && members.length > 0) {
    report(
      'PREFILL_TYPE_MISMATCH',
      places.of(cell, 'choices'),
      SAY.PREFILL_TYPE_MISMATCH.choices({ field: from.field, form: task.form, strange }),
      [{ ...places.of(source, 'choices'), note: NOTES.source }],
    );
  }
}

/** What corrects the register must be something the register takes. */
export function checkCorrectable(checking: Checking, cell: Cell): void {
  const { definition, places, report } = checking;
  if (cell.correctable !== true) return;
  const field = typeof cell.from === 'string' && Object.hasOwn(REGISTER, cell.from) ? REGISTER[cell.from] : undefined;
  const refuse = (why: Said): void => report('NOT_FOR_THIS_TYPE', places.ofKey(cell, 'correctable'), why);
  const say = SAY.NOT_FOR_THIS_TYPE;
  if (field === undefined) {
    // An unknown field of the register has been reported.
    if (typeof cell.from === 'string') return;
    return refuse(say.noCorrection({ cell: cell.id }));
  }
  if (field.correctedAs === undefined) return refuse(say.correctionOfFact({ field: cell.from as string }));
  if (cell.type !== field.correctedAs)
    return refuse(say.correctionType({ cell: cell.id, type: cell.type, wanted: field.correctedAs }));
  const strange = Object.keys(choicesOf(definition, cell) ?? {}).filter((choice) => field.members?.includes(choice) === false);
  if (strange.length > 0 || cell.freeText === true)
    refuse(say.correctionChoices({ cell: cell.id, members: field.members ?? [] }));
}

const RANK: Readonly<Record<Privacy, number>> = { none: 0, personal: 1, sensitive: 2 };

/** What was kept closely shall not come to lie open by being asked again. */
function checkPrivacy({ places, report }: Checking, cell: Column, { privacy, what }: { privacy: Privacy; what: Words }): void {
  const own = privacyOf(cell);
  if (RANK[own] >= RANK[privacy]) return;
  report(
    'PRIVACY_TOO_LOW',
    places.of(cell, cell.privacy === undefined ? 'from' : 'privacy'),
    SAY.PRIVACY_TOO_LOW.prefill({ cell: cell.id, own, what, privacy }),
  );
}

/** A form's prefilled fields can be filled where the task is: from the household's file, or from tasks of the same instance that come before. */
export function checkPrefillFits(checking: Checking, task: Task): void {
  const { definition, places, report } = checking;
  const form = definition.forms.get(task.form);
  if (form === undefined) return;
  const asked = fieldsOf(definition, form).flatMap((field) => (isTable(field) ? field.columns : [field]));
  const ofRegister = asked.find(({ from }) => typeof from === 'string');
  if (ofRegister !== undefined && task.scope !== 'household') {
    report(
      'PREFILL_UNKNOWN',
      places.of(task, 'form'),
      SAY.PREFILL_UNKNOWN.household({ form: task.form, field: ofRegister.id, task: task.id, scope: task.scope }),
    );
  }
  const made = rowTemplates(definition.tasks);
  const sources = new Set(asked.flatMap(({ from }) => (typeof from === 'object' ? from.task : [])));
  for (const id of sources) {
    const source = definition.tasks.find((placed) => placed.task.id === id)?.task;
    if (source === undefined) continue;
    if (source.scope !== task.scope) {
      report(
        'SCOPE_MISMATCH',
        places.of(task, 'form'),
        SAY.SCOPE_MISMATCH.prefill({ form: task.form, source: id, sourceScope: source.scope, task: task.id, scope: task.scope }),
      );
    } else if (made.has(id)) {
      report('PREFILL_UNKNOWN', places.of(task, 'form'), SAY.PREFILL_UNKNOWN.rows({ form: task.form, source: id }));
    } else if (!tasksBefore(checking, task).has(id)) {
      report(
        'PREFILL_MAY_BE_EMPTY',
        places.of(task, 'form'),
        SAY.PREFILL_MAY_BE_EMPTY.main({ form: task.form, source: id, task: task.id }),
      );
    }
  }
}

/** Everything that is behind when the task opens: what it waits for, what made it, and what those waited for. */
function tasksBefore({ definition }: Checking, task: Task): ReadonlySet<string> {
  const before = new Set<string>();
  const visit = ({ id, after }: Task): void => {
    const makers = definition.tasks
      .filter((placed) => placed.task.rows?.some((rule) => rule.task === id))
      .map((placed) => placed.task.id);
    for (const name of [...(after ?? []), ...makers]) {
      const found = definition.tasks.find((placed) => placed.task.id === name)?.task;
      if (found === undefined || before.has(name)) continue;
      before.add(name);
      visit(found);
    }
  };
  visit(task);
  return before;
}
