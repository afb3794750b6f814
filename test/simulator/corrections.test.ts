/** A virtual run corrects its register as the product does. */
import { describe, expect, it } from 'vitest';
import { admittedHousehold } from '../../roster/admission.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { createRandom } from '../../simulator/random.ts';
import { type Reply, VirtualRun } from '../../simulator/virtual-run.ts';
import { fillForm, type Wishes } from '../../forms/fill-form.ts';
import { linwei } from '../definitions/linwei.ts';

const roster = createSampleRoster({ seed: 4, unions: 1, households: 3, earlier: 0 });
const [first, second] = roster.households as [(typeof roster.households)[number], (typeof roster.households)[number]];

function openRun(): VirtualRun {
  const { plan, programs } = linwei;
  const run = new VirtualRun({ plan, programs, roster, run: 'corrections', startsAt: plan.startsAt, admit: admittedHousehold });
  run.enrolAll();
  run.world.advance(plan.phases.find(({ id }) => id === 'verify')!.startsAt);
  return run;
}

const verification = { instance: `h/${first.id}`, key: 'verification', template: 'verification' };
const prefillOf = (run: VirtualRun) => run.form(verification).context.prefill;

function verify(run: VirtualRun, wishes: Wishes): Reply {
  const { form, context } = run.form(verification);
  const { holder } = run.world.instances.get(verification.instance)!.tasks.verification!;
  const answers = fillForm(form, context, createRandom(1, 'verify'), wishes);
  return run.complete({ task: verification, person: holder!, id: 'verify', answers, late: false });
}

describe('a correction in a virtual run', () => {
  it('is what later forms are prefilled with', () => {
    const run = openRun();
    expect(verify(run, { phone: { corrected: '10000009999', why: '换号' } })).toHaveProperty('answer');
    expect(prefillOf(run)).toMatchObject({ phone: '10000009999', name: first.name });
  });

  it('takes no identity number of another household', () => {
    const run = openRun();
    const bornIn = second.idNumber.slice(6, 10) + '-' + second.idNumber.slice(10, 12);
    const why = '身份证';
    const wishes = {
      idNumber: { corrected: second.idNumber, why },
      ...(second.sex !== first.sex && { sex: { corrected: second.sex, why } }),
      ...(bornIn !== first.bornIn && { bornIn: { corrected: bornIn, why } }),
    };
    expect(verify(run, wishes)).toMatchObject({ issues: [{ code: 'ID_NUMBER_ON_FILE', path: 'idNumber' }] });
    expect(prefillOf(run)).toMatchObject({ idNumber: first.idNumber });
  });
});
