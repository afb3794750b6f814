/** Facts by themselves: what the register can give, and values at the start. */
import { type Checking } from './checking.ts';
import { checkFactValue } from './conditions.ts';
import type { Fact } from './language.ts';
import { SAY } from './messages.ts';

/** What an enrolment knows, and the values it gives (model/roster.ts). */
export const ROSTER_FACTS: Readonly<
  Record<string, { readonly scope: 'union' | 'household'; readonly choices: readonly string[] }>
> = {
  enrolment: { scope: 'household', choices: ['on-file', 'earlier-lifted', 'admitted'] },
  fileLevel: { scope: 'household', choices: ['national', 'tiered'] },
  class: { scope: 'household', choices: ['deep', 'relative', 'sudden'] },
  unionKind: { scope: 'union', choices: ['township', 'sector', 'direct'] },
};

export function checkFacts(checking: Checking): void {
  const { definition, places, report } = checking;
  for (const [id, fact] of definition.facts) {
    if (id === 'any' || id === 'not') {
      report('MALFORMED', places.ofKey(definition.writtenIn('facts', id), id), SAY.MALFORMED.factName({ id }));
    }
    if (fact.initial !== undefined)
      checkFactValue(checking, { name: id, fact, value: fact.initial, container: fact, key: 'initial' });
    if (fact.from === 'roster') checkRosterFact(checking, { id, fact });
  }
}

function checkRosterFact({ places, report }: Checking, { id, fact }: { id: string; fact: Fact }): void {
  const known = ROSTER_FACTS[id];
  if (known === undefined || known.scope !== fact.scope) {
    report('ROSTER_FACT_UNKNOWN', places.of(fact, 'from'), SAY.ROSTER_FACT_UNKNOWN.main({ id, scope: fact.scope }));
    return;
  }
  const missing = known.choices.filter((choice) => !(fact.choices ?? []).includes(choice));
  if (missing.length > 0) {
    report(
      'FACT_TYPE_MISMATCH',
      places.of(fact, 'choices'),
      SAY.FACT_TYPE_MISMATCH.roster({ id, missing, choices: known.choices }),
    );
  }
}
