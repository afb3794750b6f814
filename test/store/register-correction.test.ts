import { describe, expect, it } from 'vitest';
import { findAudit } from '../../store/audit.ts';
import { confirmFlushes } from '../../store/confirm.ts';
import { writeFlush } from '../../store/flush.ts';
import { correctHousehold, type HouseholdCorrection } from '../../store/register-correction.ts';
import { findHousehold, findHouseholdByIdNumber } from '../../store/register.ts';
import { createEnrolledRun } from './enrolled-run.ts';
import { buildFlush, HOUSEHOLD, RUN } from './flushes.ts';
import { buildHousehold } from './rosters.ts';
import { readValue, withStore } from './with-store.ts';

const CORRECTION: HouseholdCorrection = {
  run: RUN,
  household: '2001',
  field: 'phone',
  value: '13900000099',
  claim: 'correct|h/2001|visit|phone',
  doneAt: 1_000,
  appliedAt: 2_000,
  flush: 1,
  task: 'visit',
  submission: 's-1',
  author: 'cadre-wu',
};
const file = { run: RUN, id: '2001' };

describe('a correction of the register', () => {
  it('changes the field it names and nothing else', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      expect(await correctHousehold(worker, CORRECTION, sealer)).toBe('corrected');
      expect(await findHousehold(worker, file, sealer)).toEqual(buildHousehold({ phone: '13900000099' }));
      expect(await readValue<string>(worker, `select row_to_json(c)::text from corrections c`)).not.toContain('13900000099');
    }));

  it('is applied once, and a later one of the same field stands', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await correctHousehold(worker, CORRECTION, sealer);
      const later = { ...CORRECTION, claim: 'later', doneAt: 1_500, value: '13900000098' };
      expect(await correctHousehold(worker, later, sealer)).toBe('corrected');
      expect(await correctHousehold(worker, CORRECTION, sealer)).toBe('corrected');
      expect(await findHousehold(worker, file, sealer)).toMatchObject({ phone: '13900000098' });
      expect(await readValue(worker, 'select count(*) from corrections')).toBe(2);
    }));

  it('that comes after a later one is left out', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await correctHousehold(worker, { ...CORRECTION, claim: 'later', doneAt: 1_500 }, sealer);
      expect(await correctHousehold(worker, { ...CORRECTION, value: '13900000098' }, sealer)).toBe('overtaken');
      expect(await findHousehold(worker, file, sealer)).toMatchObject({ phone: '13900000099' });
    }));

  it('of an identity number lets the household be found by the new one, and not by the old', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      const value = '330722197003017777';
      await correctHousehold(worker, { ...CORRECTION, field: 'idNumber', value }, sealer);
      expect(await findHouseholdByIdNumber(worker, { run: RUN, idNumber: value }, sealer)).toBe('2001');
      expect(await findHouseholdByIdNumber(worker, { run: RUN, idNumber: buildHousehold().idNumber }, sealer)).toBeUndefined();
    }));

  it('takes no identity number that another household has', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      const value = buildHousehold({ id: '2002' }).idNumber;
      expect(await correctHousehold(worker, { ...CORRECTION, field: 'idNumber', value }, sealer)).toBe('taken');
      expect(await findHousehold(worker, file, sealer)).toEqual(buildHousehold());
    }));

  it('lets one of two households that want a number at once have it', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      const value = '330722197003017777';
      const both = ['2001', '2002', '3001'].map((household) => ({
        ...CORRECTION,
        household,
        field: 'idNumber',
        value,
        claim: `correct|h/${household}`,
      }));
      const outcomes = await Promise.all(both.map((one) => correctHousehold(worker, one, sealer)));
      expect([...outcomes].sort()).toEqual(['corrected', 'taken', 'taken']);
    }));

  it('is a line of the household’s audit, with its field and its author, and goes on being one', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await writeFlush(worker, buildFlush({ number: 1, digest: 'one' }));
      await confirmFlushes(worker, [{ run: RUN, instance: HOUSEHOLD, number: 1, digest: 'one' }]);
      await correctHousehold(worker, CORRECTION, sealer);
      await writeFlush(worker, buildFlush({ number: 2, digest: 'two', previous: 'one' }));
      const trail = await findAudit(worker, { run: RUN, instance: HOUSEHOLD, limit: 100 });
      expect(trail.filter(({ kind }) => kind === 'registerCorrected')).toMatchObject([
        { task: 'visit', command: 's-1', actor: 'cadre-wu', at: 2_000, detail: { field: 'phone' }, flush: 1, void: false },
      ]);
      expect(trail.map(({ seq }) => seq)).toEqual(trail.map((_, index) => index + 1));
    }));

  it('of what stands open is a mistake of ours', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await expect(correctHousehold(worker, { ...CORRECTION, field: 'hardshipClass', value: 'deep' }, sealer)).rejects.toThrow(
        'not corrected here',
      );
    }));
});
