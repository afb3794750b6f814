import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { checkForm } from '../../forms/check-form.ts';
import type { FillContext } from '../../forms/fill-cell.ts';
import { fillForm } from '../../forms/fill-form.ts';
import type { Plan } from '../../model/plan.ts';
import type { HouseholdEntry } from '../../model/roster.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { createRandom } from '../../simulator/random.ts';

const DEFINITIONS = join(import.meta.dirname, '../../definitions');

function compileCampaign(): Plan {
  const compiled = compileDefinition(readDefinition(join(DEFINITIONS, 'linwei-2020')));
  if ('issues' in compiled) expect.fail(JSON.stringify(compiled.issues.slice(0, 3)));
  return compiled.plan;
}

const plan = compileCampaign();
const sample = createSampleRoster({ seed: 62 });
const people = sample.people.map(({ id, union, role }) => ({ id, union, roles: [role] }));
const unions = sample.unions.map(({ id }) => id);

function contextOf(household: HouseholdEntry | undefined, union: string | null): FillContext {
  return {
    today: '2020-11-02',
    campaignEnd: '2020-12-31',
    prefill: { ...household },
    earlier: {},
    findPerson: (id) => people.find((person) => person.id === id),
    findUnion: (id) => unions.includes(id),
    author: null,
    union,
    people,
    unions,
  };
}

/** Where a form of each scope is filled in: for some households, every union, and the campaign. */
const CONTEXTS = {
  household: sample.households.slice(0, 16).map((household) => contextOf(household, household.union)),
  union: unions.map((union) => contextOf(undefined, union)),
  campaign: [contextOf(undefined, null)],
};

describe('the first campaign', () => {
  it.each(plan.tasks.map(({ id, form, scope }) => ({ id, form, scope })))(
    'lets the sample’s people fill the form of $id',
    ({ id, form, scope }) => {
      for (const [place, context] of CONTEXTS[scope].entries()) {
        const answers = fillForm(plan.forms[form]!, context, createRandom(62, `${id}/${place}`));
        expect(checkForm(plan.forms[form]!, answers, context)).not.toHaveProperty('issues');
      }
    },
  );
});
