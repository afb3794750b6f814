/** Tasks made by rows, and households admitted by rows. */
import { checkGate } from './check-gates.ts';
import { type Checking, checkName, meantAmong, suggest } from './checking.ts';
import { checkColumn } from './check-columns.ts';
import { REGISTER_FIELDS } from './register-fields.ts';
import { fieldsOf, findTable, isTable, type WholeTable } from './fields.ts';
import { rowTemplates } from './gather.ts';
import { holdingColumn } from './holders.ts';
import type { RowRule, Task } from './language.ts';
import { SAY } from './messages.ts';
import { NOTES } from './messages/notes.ts';

export function checkRows(checking: Checking): void {
  const made = rowTemplates(checking.definition.tasks);
  for (const placed of checking.definition.tasks) {
    const { task } = placed;
    for (const rule of task.rows ?? []) checkRule(checking, { task, rule });
    if (made.has(task.id)) checkTemplate(checking, task);
    else checkNoRow(checking, task);
    checkGate(checking, placed, made);
  }
}

function checkRule(checking: Checking, { task, rule }: { task: Task; rule: RowRule }): void {
  const { definition, places, report } = checking;
  const form = definition.forms.get(task.form);
  const table = findTable(definition, { form: task.form, table: rule.table });
  if (form !== undefined && table === undefined) {
    const tables = fieldsOf(definition, form).filter(isTable);
    const near = suggest(
      rule.table,
      tables.map(({ id }) => id),
    );
    const words = SAY.UNKNOWN_TABLE.ofForm({ form: task.form, name: rule.table, near });
    report('UNKNOWN_TABLE', places.of(rule, 'table'), words, meantAmong(rule.table, tables, checking));
  }
  if (table !== undefined) checkDestination(checking, { task, rule, table });
  if (rule.admits) {
    if (task.scope !== 'union')
      report('SCOPE_MISMATCH', places.of(rule, 'admits'), SAY.SCOPE_MISMATCH.admits({ task: task.id, scope: task.scope }));
    if (table !== undefined) checkAdmission(checking, { rule, table });
    return;
  }
  checkName(checking, { kind: 'tasks', name: rule.task!, container: rule, key: 'task' });
  const target = definition.tasks.find((other) => other.task.id === rule.task)?.task;
  if (target === undefined) return;
  const lands = isSelf(rule) ? task.scope : 'union';
  if (target.scope !== lands) {
    report(
      'SCOPE_MISMATCH',
      places.of(rule, 'task'),
      SAY.SCOPE_MISMATCH.rowTask({ task: task.id, lands, target: target.id, targetScope: target.scope, isSelf: isSelf(rule) }),
    );
  }
  if (table !== undefined) checkFeeding(checking, { rule, table, target });
}

const isSelf = (rule: RowRule): boolean => rule.to === undefined || rule.to === 'self';

function checkDestination(checking: Checking, { task, rule, table }: { task: Task; rule: RowRule; table: WholeTable }): void {
  if (typeof rule.to !== 'object') return;
  const { places, report } = checking;
  const column = checkColumn(checking, { table, name: rule.to.column, type: 'union', container: rule.to, key: 'column' });
  if (column !== undefined && table.rowUnion !== column.id) {
    report(
      'UNKNOWN_COLUMN',
      places.of(rule.to, 'column'),
      SAY.UNKNOWN_COLUMN.destination({ table: table.id, column: column.id }),
      [{ ...places.of(table.written, 'rowUnion'), note: NOTES.table }],
    );
  }
  if (task.scope === 'household') report('SCOPE_MISMATCH', places.of(rule, 'to'), SAY.SCOPE_MISMATCH.rowsUp({ task: task.id }));
}

function checkAdmission(checking: Checking, { rule, table }: { rule: RowRule; table: WholeTable }): void {
  const { places, report } = checking;
  const missing = REGISTER_FIELDS.filter((field) => field !== 'filedOn' && !table.columns.some(({ id }) => id === field));
  if (missing.length > 0)
    report('ADMISSION_COLUMNS', places.of(rule, 'table'), SAY.ADMISSION_COLUMNS.main({ table: table.id, missing }), [
      { ...places.of(table.written), note: NOTES.table },
      ...missing.flatMap((field) => meantAmong(field, table.columns, checking)),
    ]);
}

/** What the made task takes from its row, the row must have. */
function checkFeeding(
  { places, report }: Checking,
  { rule, table, target }: { rule: RowRule; table: WholeTable; target: Task },
): void {
  if (target.due === 'row' && table.rowDue === undefined) {
    report('ROW_TASK_NEEDS_DUE', places.of(rule, 'table'), SAY.ROW_TASK_NEEDS_DUE.main({ task: target.id, table: table.id }), [
      { ...places.of(target, 'due'), note: NOTES.due },
      { ...places.of(table.written), note: NOTES.table },
    ]);
  }
  const row = holdingColumn(target);
  if (row === undefined || table.rowHolder === row) return;
  report(
    'ROW_TASK_NEEDS_HOLDER',
    places.of(rule, 'table'),
    SAY.ROW_TASK_NEEDS_HOLDER.main({ task: target.id, column: row, table: table.id, found: table.rowHolder }),
    [
      { ...places.of(target, 'holder'), note: NOTES.holder },
      { ...places.of(table.written, 'rowHolder'), note: NOTES.table },
    ],
  );
}

function checkTemplate({ places, report }: Checking, task: Task): void {
  for (const key of ['gate', 'when', 'after', 'sample', 'repeats', 'joining'] as const) {
    if (task[key] === undefined) continue;
    report('ROW_TASK_RULE', places.ofKey(task, key), SAY.ROW_TASK_RULE.key({ task: task.id, key }));
  }
}

function checkNoRow({ places, report }: Checking, task: Task): void {
  const wants = task.due === 'row' ? 'due' : holdingColumn(task) !== undefined ? 'holder' : undefined;
  if (wants === undefined) return;
  report('ROW_TASK_WITHOUT_SOURCE', places.of(task, wants), SAY.ROW_TASK_WITHOUT_SOURCE.main({ task: task.id, wants }));
}
