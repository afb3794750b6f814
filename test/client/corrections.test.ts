/** A correction from the form to the register, and what was handed in before in the forms that come after. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAudit } from '../../store/audit.ts';
import { findHousehold, findHouseholdByIdNumber } from '../../store/register.ts';
import { drillRoster } from '../running/drill.ts';
import { type Engine, newRunId } from '../running/engine.ts';
import { openOnMonday } from '../running/monday.ts';
import { answersFor, handIn } from '../running/people.ts';
import { until } from '../running/until.ts';

const run = newRunId();
const [first, second] = drillRoster.households as [
  (typeof drillRoster.households)[number],
  (typeof drillRoster.households)[number],
];
const why = '示例：本人来电';
const hand = {
  run,
  task: `h/${first.id}/visit`,
  id: 'visit-1',
  wishes: { phone: { corrected: '10000009999', why }, relative: '10000007777' },
};
let engine: Engine;
const fileOf = (id: string) => findHousehold(engine.pool, { run, id }, engine.client.room.sealer);

beforeAll(async () => {
  engine = await openOnMonday(run);
  await handIn(engine.client, hand);
});
afterAll(() => engine?.close());

describe('a correction in a form', () => {
  it('comes to the register, and nothing else of it changes', async () => {
    await until('the register is corrected', async () => (await fileOf(first.id))?.phone === '10000009999');
    expect(await fileOf(first.id)).toEqual({ ...first, phone: '10000009999' });
    expect(await findHouseholdByIdNumber(engine.pool, { run, idNumber: first.idNumber }, engine.client.room.sealer)).toBe(
      first.id,
    );
  });

  it('is in the audit by its field, and the books balance', async () => {
    const trail = await findAudit(engine.pool, { run, instance: `h/${first.id}`, limit: 1_000 });
    expect(trail.filter(({ kind }) => kind === 'registerCorrected')).toMatchObject([
      { task: 'visit', command: 'visit-1', detail: { field: 'phone' }, void: false },
    ]);
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true });
  });

  it('is what the next form is prefilled with, beside what was handed in before', async () => {
    const { context } = await engine.client.form(run, `h/${first.id}/list`);
    expect(context.prefill).toMatchObject({ phone: '10000009999' });
    expect(context.earlier).toMatchObject({ visit: { relative: '10000007777' } });
  });

  it('gets its first answer when it is handed in again, although the register says so by now', async () => {
    const answers = {
      ...(await answersFor(engine.client, { ...hand, wishes: { relative: '10000007777' } })),
      phone: hand.wishes.phone,
    };
    const { task, id } = hand;
    expect(await engine.client.complete({ run, task, id, answers, via: 'cli' })).toMatchObject({ command: id, status: 'done' });
    await expect(
      engine.client.complete({ run, task, id, answers: { ...answers, relative: '10000006666' }, via: 'cli' }),
    ).rejects.toMatchObject({ refusal: { code: 'COMMAND_ID_REUSED' } });
  });

  it('to the identity number of another household is refused at once', async () => {
    const task = `h/${second.id}/visit`;
    const answers = await answersFor(engine.client, { run, task, id: 'visit-2' });
    const idNumber = { corrected: first.idNumber, why };
    const attempt = engine.client.complete({ run, task, id: 'visit-2', answers: { ...answers, idNumber }, via: 'cli' });
    await expect(attempt).rejects.toMatchObject({
      code: 'FORM_INVALID',
      details: expect.arrayContaining([expect.objectContaining({ path: 'idNumber' })]),
    });
    expect(await fileOf(second.id)).toEqual(second);
  });
});
