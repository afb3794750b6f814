/** For whom an adjustment may be asked, before anything is looked up. */
import { type Adjustment, type AdjustmentScope, leavingCauseOf, pauseCauseOf } from '../model/adjustment.ts';
import type { Refusal } from '../model/command.ts';
import { CAMPAIGN_INSTANCE } from '../model/scope.ts';
import { refusesCampaign } from './leaving.ts';
import { refusesMoveOf } from './moving.ts';
import { refusal } from './refusal.ts';

/**
 * Some are for everybody, for one or for nobody. A revision is never refused for what it finds, also by whoever joins later: what it can ask of nobody must
 * not become one.
 */
export function refusesScope(adjustment: Adjustment, scope: AdjustmentScope): Refusal | undefined {
  switch (adjustment.kind) {
    case 'reassign':
    case 'delegate':
    case 'recall':
    case 'waive':
    case 'reopen':
    case 'retract':
      return 'instance' in scope
        ? undefined
        : refusal('TASK_OF_ONE', `nobody can ${adjustment.kind} a task of many at once`, 'name the instance that has the task');
    case 'pause':
    case 'resume':
      return refusesCause(adjustment, pauseCauseOf(scope));
    case 'withdraw':
    case 'readmit':
      if ('all' in scope || ('instance' in scope && scope.instance === CAMPAIGN_INSTANCE))
        return refusesCampaign(adjustment.kind);
      return refusesCause(adjustment, leavingCauseOf(scope));
    case 'amend':
      return 'all' in scope
        ? undefined
        : refusal('AMEND_FOR_EVERYBODY', 'an amendment is for the whole run', 'amend the run, not a part of it');
    case 'move':
      return refusesMoveOf(scope);
    case 'assign':
      return 'instance' in scope
        ? undefined
        : refusal(
            'ASSIGN_TO_ONE',
            'an item is assigned to the campaign, to one union or to one household',
            'assign it to each of them',
          );
    case 'cover':
    case 'uncover':
      return 'all' in scope
        ? undefined
        : refusal(
            'COVER_FOR_EVERYBODY',
            'whoever is away is so everywhere, and so is whoever is back',
            'ask it of the run, not of a part of it; a single task is delegated or reassigned',
          );
    case 'extend':
      return undefined;
  }
}

function refusesCause({ kind, cause }: Extract<Adjustment, { cause: string }>, right: string): Refusal | undefined {
  if (cause === right) return undefined;
  return refusal('CAUSE_OF_OTHERS', `the cause of this ${kind} is '${right}', not '${cause}'`, `give the cause '${right}'`);
}
