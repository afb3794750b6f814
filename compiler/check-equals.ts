/** Numbers that a form and a count must agree on: there is such an indicator, and the form belongs to somebody it can be counted for. */
import { type Checking, checkName } from './checking.ts';
import { cellsOf } from './fields.ts';
import type { Cell } from './form-language.ts';
import type { Task } from './language.ts';

export function checkEquals(checking: Checking): void {
  const { definition } = checking;
  for (const [id, form] of definition.forms) {
    const cells = cellsOf(definition, form).filter(({ equals }) => equals !== undefined);
    for (const cell of cells) {
      checkCell(checking, cell);
      for (const { task } of definition.tasks) if (task.form === id) checkScope(checking, { task, cell });
    }
  }
}

function checkCell(checking: Checking, cell: Cell): void {
  const { definition, places, report } = checking;
  checkName(checking, { kind: 'indicators', name: cell.equals!, container: cell, key: 'equals' });
  if (definition.indicators.get(cell.equals!)?.ratio !== undefined)
    report('INDICATOR_MISFIT', places.of(cell, 'equals'), {
      message: `'${cell.equals}' is a ratio, and '${cell.id}' a number that people count`,
      hint: 'name a count, a sum or a number of tasks',
    });
  if (cell.from !== undefined)
    report('NOT_FOR_THIS_TYPE', places.ofKey(cell, 'equals'), {
      message: `'${cell.id}' is prefilled, and nobody could mend it`,
      hint: 'take out `from` or `equals`',
    });
}

function checkScope({ definition, places, report }: Checking, { task, cell }: { task: Task; cell: Cell }): void {
  const place = places.of(task, 'form');
  if (task.scope === 'household')
    report('SCOPE_MISMATCH', place, {
      message: `form '${task.form}' wants '${cell.id}' to equal '${cell.equals}', and a household counts nobody`,
      hint: 'use the form for a task of the union or of the campaign',
    });
  else if (task.scope === 'union' && definition.indicators.get(cell.equals!)?.of === 'unions')
    report('SCOPE_MISMATCH', place, {
      message: `form '${task.form}' wants '${cell.id}' to equal '${cell.equals}', which counts unions, and task '${task.id}' belongs to one`,
      hint: 'count households, or use the form for a task of the campaign',
    });
}
