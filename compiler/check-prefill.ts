/** Prefilled fields: what they come from exists, is of their type, stays as private as it was, and is there in time. */
import { type Checking, checkName, suggest } from './checking.ts';
import { cellsOf, choicesOf, fieldsOf, isTable, privacyOf } from './fields.ts';
import type { Cell, Column } from './form-language.ts';
import { rowTemplates } from './gather.ts';
import type { Privacy } from '../model/form.ts';
import type { Task } from './language.ts';
import { REGISTER, REGISTER_FIELDS } from './register-fields.ts';

type Source = { readonly task: string; readonly field: string };

/** Of one field or column: what it comes from. */
export function checkPrefill(checking: Checking, cell: Column): void {
  const { from } = cell;
  if (typeof from === 'object') return checkSource(checking, cell, from);
  if (from === undefined) return;
  const field = Object.hasOwn(REGISTER, from) ? REGISTER[from] : undefined;
  if (field !== undefined) return checkPrivacy(checking, cell, { privacy: field.privacy, what: `'${from}' of the register` });
  checking.report('PREFILL_UNKNOWN', checking.places.of(cell, 'from'), {
    message: `the register has no '${from}'`,
    hint: suggest(from, REGISTER_FIELDS),
  });
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
    report('UNKNOWN_FIELD', places.of(from, 'field'), {
      message: `form '${task.form}' of task '${from.task}' has no field '${from.field}' outside its tables`,
      hint: suggest(
        from.field,
        cells.map(({ id }) => id),
      ),
    });
    return;
  }
  const privacy = privacyOf(source);
  checkPrivacy(checking, cell, { privacy, what: `'${from.field}' of form '${task.form}'` });
  if (source.type !== cell.type) {
    report('PREFILL_TYPE_MISMATCH', places.of(cell, 'type'), {
      message: `'${cell.id}' is of type ${cell.type}, and '${from.field}' of form '${task.form}' of type ${source.type}`,
      hint: `make it a ${source.type}`,
    });
    return;
  }
  const members = Object.keys(choicesOf(definition, cell) ?? {});
  const strange = Object.keys(choicesOf(definition, source) ?? {}).filter((choice) => !members.includes(choice));
  if (strange.length > 0 && members.length > 0) {
    report('PREFILL_TYPE_MISMATCH', places.of(cell, 'choices'), {
      message: `'${from.field}' of form '${task.form}' may also be '${strange.join("', '")}'`,
      hint: 'give both the same choices, as a list under `lists`',
    });
  }
}

/** What corrects the register must be something the register takes. */
export function checkCorrectable(checking: Checking, cell: Cell): void {
  const { definition, places, report } = checking;
  if (cell.correctable !== true) return;
  const field = typeof cell.from === 'string' && Object.hasOwn(REGISTER, cell.from) ? REGISTER[cell.from] : undefined;
  const refuse = (message: string, hint: string): void =>
    report('NOT_FOR_THIS_TYPE', places.ofKey(cell, 'correctable'), { message, hint });
  if (field === undefined) {
    // An unknown field of the register has been reported.
    if (typeof cell.from === 'string') return;
    return refuse(`'${cell.id}' does not come from the register`, 'take `correctable` out, or prefill it from the register');
  }
  if (field.correctedAs === undefined)
    return refuse(
      `'${cell.from as string}' was given to rules at enrolment, and is not corrected in the register`,
      'ask for it in a field of its own, with a fact',
    );
  if (cell.type !== field.correctedAs)
    return refuse(
      `'${cell.id}' is of type ${cell.type}, and the register wants a ${field.correctedAs}`,
      `make it a ${field.correctedAs}`,
    );
  const strange = Object.keys(choicesOf(definition, cell) ?? {}).filter((choice) => field.members?.includes(choice) === false);
  if (strange.length > 0 || cell.freeText === true)
    refuse(`the register takes no other than ${field.members?.join(' and ')} as '${cell.id}'`, 'offer these choices alone');
}

const RANK: Readonly<Record<Privacy, number>> = { none: 0, personal: 1, sensitive: 2 };

/** What was kept closely shall not come to lie open by being asked again. */
function checkPrivacy({ places, report }: Checking, cell: Column, { privacy, what }: { privacy: Privacy; what: string }): void {
  const own = privacyOf(cell);
  if (RANK[own] >= RANK[privacy]) return;
  report('PRIVACY_TOO_LOW', places.of(cell, cell.privacy === undefined ? 'from' : 'privacy'), {
    message: `'${cell.id}' is ${own === 'none' ? 'open to everybody' : own}, and ${what} is ${privacy}`,
    hint: `write \`privacy: ${privacy}\``,
  });
}

/** A form's prefilled fields can be filled where the task is: from the household's file, or from tasks of the same instance that come before. */
export function checkPrefillFits(checking: Checking, task: Task): void {
  const { definition, places, report } = checking;
  const form = definition.forms.get(task.form);
  if (form === undefined) return;
  const asked = fieldsOf(definition, form).flatMap((field) => (isTable(field) ? field.columns : [field]));
  const ofRegister = asked.find(({ from }) => typeof from === 'string');
  if (ofRegister !== undefined && task.scope !== 'household') {
    report('PREFILL_UNKNOWN', places.of(task, 'form'), {
      message: `form '${task.form}' prefills '${ofRegister.id}' from a household, and task '${task.id}' belongs to the ${task.scope}`,
      hint: 'use a form that is not prefilled from the register',
    });
  }
  const made = rowTemplates(definition.tasks);
  const sources = new Set(asked.flatMap(({ from }) => (typeof from === 'object' ? from.task : [])));
  for (const id of sources) {
    const source = definition.tasks.find((placed) => placed.task.id === id)?.task;
    if (source === undefined) continue;
    if (source.scope !== task.scope) {
      report('SCOPE_MISMATCH', places.of(task, 'form'), {
        message: `form '${task.form}' is prefilled from '${id}' of the ${source.scope}, and task '${task.id}' belongs to the ${task.scope}`,
        hint: 'prefill it from a task of the same scope',
      });
    } else if (made.has(id)) {
      report('PREFILL_UNKNOWN', places.of(task, 'form'), {
        message: `form '${task.form}' is prefilled from '${id}', which rows make: there may be none or many`,
        hint: 'prefill it from a task that comes up once',
      });
    } else if (!tasksBefore(checking, task).has(id)) {
      report('PREFILL_MAY_BE_EMPTY', places.of(task, 'form'), {
        message: `form '${task.form}' is prefilled from '${id}', which task '${task.id}' does not wait for`,
        hint: `add '${id}' to its \`after\`, or prefill from a task it waits for`,
      });
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
