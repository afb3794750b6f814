/** Commands about a household or a union, that may be asked of one or of many. */
import type { AdjustmentScope } from '../../model/adjustment.ts';
import { ADJUST_OPTIONS, SCOPE_OPTIONS } from '../adjustment.ts';
import { type CommandSpec, defineCommand } from '../command.ts';
import { misuse } from '../failure.ts';
import { askFor } from '../people-options.ts';
import { createTools } from './items.ts';
import type { BulkKind } from './kinds.ts';
import { askMany, refuseResults } from './one-or-many.ts';
import { INSTANCE_LIST_OPTIONS, REASON_OF_MANY, sourceOf } from './options.ts';
import { OneOrManyAnswer } from './shapes.ts';
import { CAMPAIGN_INSTANCE } from '../../model/scope.ts';

export interface InstanceCommand {
  readonly summary: string;
  readonly about: string;
  readonly examples: readonly string[];
  readonly kind: BulkKind;
  /** For whom, where no list is given. @throws misuse */
  scopeOf(given: { readonly union: string | undefined; readonly household: string | undefined }): AdjustmentScope;
}

export function defineInstanceCommand({ kind, scopeOf, ...words }: InstanceCommand): CommandSpec {
  return defineCommand({
    name: kind.command,
    ...words,
    arguments: { run: { kind: 'required', about: 'The run.' } },
    options: {
      ...{ union: SCOPE_OPTIONS.union, household: SCOPE_OPTIONS.household },
      ...ADJUST_OPTIONS,
      ...REASON_OF_MANY,
      ...INSTANCE_LIST_OPTIONS,
    },
    answer: OneOrManyAnswer,
    async run({ arguments: { run }, options }, context) {
      const source = sourceOf(options, { kind });
      if (source !== undefined) return await askMany({ kind, run, source, typed: options }, context);
      const { union, household, reason } = options;
      if (reason === undefined) throw misuse('it is not said why', 'give --reason');
      refuseResults(options);
      const scope = scopeOf({ union, household });
      return await askFor(
        {
          ...{ run, given: { ...options, reason }, for: scope },
          adjustment: (client) => kind.adjustmentOf({ instance: instanceOf(scope) }, createTools(client, run)),
        },
        context,
      );
    },
  });
}

/** As a line of a list names it. */
function instanceOf(scope: AdjustmentScope): string {
  if ('instance' in scope) return scope.instance;
  return 'union' in scope ? `u/${scope.union}` : CAMPAIGN_INSTANCE;
}
