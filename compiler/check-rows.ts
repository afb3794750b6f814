/** Tasks made by rows, and households admitted by rows. */
import { checkGate } from './check-gates.ts';
import { type Checking, checkName, reportUnknown } from './checking.ts';
import { checkColumn } from './check-forms.ts';
import { REGISTER_FIELDS } from './register-fields.ts';
import { fieldsOf, findTable, isTable, type WholeTable } from './fields.ts';
import { rowTemplates } from './gather.ts';
import { holdingColumn } from './holders.ts';
import type { RowRule, Task } from './language.ts';

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
    const known = fieldsOf(definition, form)
      .filter(isTable)
      .map(({ id }) => id);
    reportUnknown(checking, {
      code: 'UNKNOWN_TABLE',
      word: `table in form '${task.form}' called`,
      name: rule.table,
      known,
      container: rule,
      key: 'table',
    });
  }
  if (table !== undefined) checkDestination(checking, { task, rule, table });
  if (rule.admits) {
    if (task.scope !== 'union')
      report('SCOPE_MISMATCH', places.of(rule, 'admits'), {
        message: `task '${task.id}' of the ${task.scope} cannot admit households`,
        hint: 'let a task of the union admit them',
      });
    if (table !== undefined) checkAdmission(checking, { rule, table });
    return;
  }
  checkName(checking, { kind: 'tasks', name: rule.task!, container: rule, key: 'task' });
  const target = definition.tasks.find((other) => other.task.id === rule.task)?.task;
  if (target === undefined) return;
  const lands = isSelf(rule) ? task.scope : 'union';
  if (target.scope !== lands) {
    report('SCOPE_MISMATCH', places.of(rule, 'task'), {
      message: `rows of '${task.id}' make tasks of the ${lands}, and '${target.id}' belongs to the ${target.scope}`,
      hint: isSelf(rule)
        ? 'name a task of the same scope, or the column with the union: `to: { column: … }`'
        : 'name a task of the union',
    });
  }
  if (table !== undefined) checkFeeding(checking, { rule, table, target });
}

const isSelf = (rule: RowRule): boolean => rule.to === undefined || rule.to === 'self';

function checkDestination(checking: Checking, { task, rule, table }: { task: Task; rule: RowRule; table: WholeTable }): void {
  if (typeof rule.to !== 'object') return;
  const { places, report } = checking;
  const column = checkColumn(checking, { table, name: rule.to.column, type: 'union', container: rule.to, key: 'column' });
  if (column !== undefined && table.rowUnion !== column.id) {
    report('UNKNOWN_COLUMN', places.of(rule.to, 'column'), {
      message: `table '${table.id}' does not say that '${column.id}' is where its rows go`,
      hint: `add \`rowUnion: ${column.id}\` to the table`,
    });
  }
  if (task.scope === 'household')
    report('SCOPE_MISMATCH', places.of(rule, 'to'), {
      message: `rows of household task '${task.id}' cannot go to a union`,
      hint: 'use `to: self`',
    });
}

function checkAdmission({ places, report }: Checking, { rule, table }: { rule: RowRule; table: WholeTable }): void {
  const missing = REGISTER_FIELDS.filter((field) => field !== 'filedOn' && !table.columns.some(({ id }) => id === field));
  if (missing.length > 0)
    report('ADMISSION_COLUMNS', places.of(rule, 'table'), {
      message: `table '${table.id}' lacks ${missing.join(', ')}`,
      hint: 'a household is admitted from these columns; add them',
    });
}

/** What the made task takes from its row, the row must have. */
function checkFeeding(
  { places, report }: Checking,
  { rule, table, target }: { rule: RowRule; table: WholeTable; target: Task },
): void {
  if (target.due === 'row' && table.rowDue === undefined) {
    report('ROW_TASK_NEEDS_DUE', places.of(rule, 'table'), {
      message: `task '${target.id}' is due when its row says, and table '${table.id}' has no \`rowDue\``,
      hint: `add \`rowDue: <column>\` to the table, or give '${target.id}' another \`due\``,
    });
  }
  const row = holdingColumn(target);
  if (row === undefined || table.rowHolder === row) return;
  report('ROW_TASK_NEEDS_HOLDER', places.of(rule, 'table'), {
    message: `task '${target.id}' is held by the person in column '${row}', and table '${table.id}' has ${table.rowHolder === undefined ? 'no `rowHolder`' : `\`rowHolder: ${table.rowHolder}\``}`,
    hint: `add \`rowHolder: ${row}\` to the table, or give '${target.id}' a role`,
  });
}

function checkTemplate({ places, report }: Checking, task: Task): void {
  for (const key of ['gate', 'when', 'after', 'sample', 'repeats', 'joining'] as const) {
    if (task[key] === undefined) continue;
    report('ROW_TASK_RULE', places.ofKey(task, key), {
      message: `task '${task.id}' is made by rows, and comes up when its row does; it takes no '${key}'`,
      hint: 'put it on the task whose rows make this one',
    });
  }
}

function checkNoRow({ places, report }: Checking, task: Task): void {
  const wants = task.due === 'row' ? 'due' : holdingColumn(task) !== undefined ? 'holder' : undefined;
  if (wants === undefined) return;
  report('ROW_TASK_WITHOUT_SOURCE', places.of(task, wants), {
    message: `task '${task.id}' takes its ${wants} from a row, and no rule for rows makes it`,
    hint: `name it under \`rows\` of another task, or give it a ${wants === 'due' ? 'date' : 'role'}`,
  });
}
