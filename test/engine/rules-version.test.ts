/** The rules that an instance goes by, and how a roll moves them. */
import { describe, expect, it } from 'vitest';
import { advanceTo } from '../../engine/advance.ts';
import { moveRules, RULES_VERSION } from '../../engine/rules-version.ts';
import { Played } from './played.ts';
import { program, task } from './program-builder.ts';

const visits = program({ tasks: [task({ id: 'visit', ladder: 'standard' })] });
const rolled = (instance: Played) => instance.effects.audit.filter(({ kind }) => kind === 'rolled');

describe('a roll', () => {
  it('of a revision is taken once, and the instance is at that revision then', () => {
    const household = new Played(visits);
    household.send({ kind: 'roll', revision: 4 }, { by: { system: 'operator' }, id: 'r-1' });
    household.send({ kind: 'roll', revision: 4 }, { by: { system: 'operator' }, id: 'r-2' });
    expect(household.snapshot.revision).toBe(4);
    expect(rolled(household)).toMatchObject([{ actor: 'operator', command: 'r-1', detail: { revision: 4 } }]);
  });

  it('leaves an instance alone that began with the revision', () => {
    const household = new Played(visits);
    household.send({ kind: 'roll', revision: 1 }, { by: { system: 'operator' } });
    expect(rolled(household)).toEqual([]);
  });

  it('changes nothing for people', () => {
    const household = new Played(visits);
    const { tasks, facts, roles } = household.snapshot;
    household.send({ kind: 'roll', revision: 4 }, { by: { system: 'operator' } });
    expect(household.snapshot).toMatchObject({ tasks, facts, roles });
  });
});

describe('other rules', () => {
  const household = new Played(visits);
  const { snapshot, effects } = moveRules(visits, household.snapshot, RULES_VERSION + 1);

  it('are those of the state from then on', () => expect(snapshot.rulesVersion).toBe(RULES_VERSION + 1));
  it('stand in the audit', () =>
    expect(effects.audit).toMatchObject([
      { kind: 'rulesMoved', actor: 'operator', detail: { from: RULES_VERSION, to: RULES_VERSION + 1 } },
    ]));
  it('are something to write', () => expect(snapshot.seq).toBe(household.snapshot.seq + 1));
  it('leave the rest of the state as it is', () =>
    expect({ ...snapshot, seq: 0, rulesVersion: 0 }).toEqual({ ...household.snapshot, seq: 0, rulesVersion: 0 }));
  it('are kept by whatever comes', () =>
    expect(advanceTo(visits, snapshot, visits.endsAt).snapshot.rulesVersion).toBe(RULES_VERSION + 1));
});
