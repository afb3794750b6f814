/** Assigned items: what the definition says of them, and the word that stands for them. */
import { ASSIGNED } from '../model/assigned.ts';
import { type Checking, checkName, isVisibleFrom } from './checking.ts';
import { cellsOf, fieldsOf, isTable } from './fields.ts';
import type { Assigned, AssignedHolders } from './language.ts';
import { SAY } from './messages.ts';

export function checkAssigned(checking: Checking): void {
  checkReserved(checking);
  const { assigned } = checking.definition.head;
  if (assigned === undefined) return;
  const { form, ladder, review } = assigned;
  if (form !== undefined) checkName(checking, { kind: 'forms', name: form, container: assigned, key: 'form' });
  if (ladder !== undefined) checkName(checking, { kind: 'ladders', name: ladder, container: assigned, key: 'ladder' });
  if (review !== undefined) checkName(checking, { kind: 'roles', name: review, container: assigned, key: 'review' });
  checkHolders(checking, assigned.holder ?? {});
  checkForm(checking, assigned);
}

/** What is built in goes by this name. */
function checkReserved({ definition, places, report }: Checking): void {
  const said = SAY.MALFORMED.reserved({ id: ASSIGNED });
  for (const { task } of definition.tasks) if (task.id === ASSIGNED) report('MALFORMED', places.of(task, 'id'), said);
  for (const kind of ['forms', 'ladders'] as const)
    if (definition[kind].has(ASSIGNED)) report('MALFORMED', places.ofKey(definition.writtenIn(kind, ASSIGNED), ASSIGNED), said);
}

function checkHolders(checking: Checking, holder: AssignedHolders): void {
  for (const scope of ['campaign', 'union', 'household'] as const) {
    const role = holder[scope];
    if (role === undefined) continue;
    checkName(checking, { kind: 'roles', name: role, container: holder, key: scope });
    const found = checking.definition.roles.get(role);
    if (found === undefined || isVisibleFrom(found.scope, scope)) continue;
    const said = SAY.SCOPE_MISMATCH.assignedHolder({ scope, role, roleScope: found.scope });
    checking.report('SCOPE_MISMATCH', checking.places.of(holder, scope), said);
  }
}

/** Items are of any scope, so their form may not know of one in particular. */
function checkForm({ definition, places, report }: Checking, { form: id }: Assigned): void {
  const form = definition.forms.get(id ?? '');
  if (form === undefined) return;
  const columns = fieldsOf(definition, form).flatMap((field) => (isTable(field) ? field.columns : []));
  for (const cell of [...cellsOf(definition, form), ...columns]) {
    const key = (['fact', 'from', 'equals'] as const).find((each) => cell[each as 'from'] !== undefined);
    if (key !== undefined)
      report('SCOPE_MISMATCH', places.of(cell, key), SAY.SCOPE_MISMATCH.assignedForm({ form: id!, cell: cell.id, key }));
  }
}
