/** Numbers that a form and a count must agree on: there is such an indicator, and the form belongs to somebody it can be counted for. */
import { type Checking, checkName } from './checking.ts';
import { cellsOf } from './fields.ts';
import type { Cell } from './form-language.ts';
import type { Task } from './language.ts';
import { SAY } from './messages.ts';

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
    report(
      'INDICATOR_MISFIT',
      places.of(cell, 'equals'),
      SAY.INDICATOR_MISFIT.equalsRatio({ indicator: cell.equals!, cell: cell.id }),
    );
  if (cell.from !== undefined)
    report('NOT_FOR_THIS_TYPE', places.ofKey(cell, 'equals'), SAY.NOT_FOR_THIS_TYPE.equalsPrefilled({ cell: cell.id }));
}

function checkScope({ definition, places, report }: Checking, { task, cell }: { task: Task; cell: Cell }): void {
  const place = places.of(task, 'form');
  const names = { form: task.form, cell: cell.id, indicator: cell.equals! };
  if (task.scope === 'household') report('SCOPE_MISMATCH', place, SAY.SCOPE_MISMATCH.equalsOfHousehold(names));
  else if (task.scope === 'union' && definition.indicators.get(cell.equals!)?.of === 'unions')
    report('SCOPE_MISMATCH', place, SAY.SCOPE_MISMATCH.equalsOfUnions({ ...names, task: task.id }));
}
