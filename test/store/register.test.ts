import { describe, expect, it } from 'vitest';
import { newKeyText, parseKeyRing } from '../../platform/keys.ts';
import { eraseDataKey } from '../../store/data-keys.ts';
import { findInstances, findPlannedInstances } from '../../store/instances.ts';
import {
  findHousehold,
  findHouseholdByIdNumber,
  findHouseholds,
  findPeople,
  findPerson,
  findUnions,
} from '../../store/register.ts';
import { admitHousehold, importRoster } from '../../store/register-import.ts';
import { RUN } from './flushes.ts';
import { buildHousehold, buildPerson, buildRoster } from './rosters.ts';
import { createEnrolledRun, createTestRun } from './enrolled-run.ts';
import { createTestSealer } from './test-sealer.ts';
import { readColumn, readValue, withStore } from './with-store.ts';

describe('a register', () => {
  it('comes out as it went in', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      expect(await findHousehold(worker, { run: RUN, id: '2001' }, sealer)).toEqual(buildHousehold());
      expect(await findPerson(worker, { run: RUN, id: 'cadre-wu' }, sealer)).toEqual(buildPerson());
      expect(await findUnions(worker, { run: RUN, limit: 10 })).toHaveLength(2);
    }));

  it('keeps no personal word in the clear', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      const { name, idNumber, phone, address } = buildHousehold();
      const dump = JSON.stringify(
        (
          await worker.query(
            `select encode(sealed, 'escape') as sealed, encode(id_number_index, 'escape') as found_by, h.* from households h`,
          )
        ).rows,
      );
      for (const word of [name, idNumber, phone, address]) expect(dump).not.toContain(word);
    }));

  it('plans one instance each, so that the reconciler knows what to start and with which facts', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      const planned = await findPlannedInstances(worker, { run: RUN, limit: 100 });
      expect(planned.map(({ instance }) => instance)).toEqual(['c', 'h/2001', 'h/2002', 'h/3001', 'u/dongzhen', 'u/xizhen']);
      expect(planned[1]).toEqual({
        instance: 'h/2001',
        scope: 'household',
        union: 'xizhen',
        enrolment: 'on-file',
        fileLevel: 'national',
        hardshipClass: 'deep',
        unionKind: 'township',
      });
      expect(await findPlannedInstances(worker, { run: RUN, after: 'h/3001', limit: 1 })).toMatchObject([
        { instance: 'u/dongzhen' },
      ]);
    }));

  it('is taken whole or not at all', () =>
    withStore(async ({ worker }) => {
      await createTestRun(worker);
      const roster = buildRoster({
        households: [buildHousehold(), buildHousehold({ id: '2002', idNumber: buildHousehold().idNumber })],
      });
      await expect(importRoster(worker, { run: RUN, roster, sealer: createTestSealer() })).rejects.toMatchObject({
        code: 'HOUSEHOLD_ON_FILE',
      });
      expect(await findInstances(worker, { run: RUN, limit: 10 })).toEqual([]);
      expect(await findPeople(worker, { run: RUN, limit: 10 })).toEqual([]);
    }));

  it('is taken once for a run', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await expect(importRoster(worker, { run: RUN, roster: buildRoster(), sealer })).rejects.toMatchObject({
        code: 'ROSTER_TAKEN',
      });
    }));

  it('takes more rows than one statement carries', () =>
    withStore(async ({ worker }) => {
      const households = Array.from({ length: 1_203 }, (_, index) => buildHousehold({ id: String(10_000 + index) }));
      await createEnrolledRun(worker, buildRoster({ households }));
      expect(await readValue(worker, 'select count(*) from households')).toBe(1_203);
    }));

  it('finds people by role and union', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      expect(await findPeople(worker, { run: RUN, role: 'cadre', union: 'xizhen', limit: 10 })).toEqual([
        { id: 'cadre-wu', union: 'xizhen', role: 'cadre' },
      ]);
      expect(await findHouseholds(worker, { run: RUN, union: 'dongzhen', limit: 10 })).toMatchObject([{ id: '3001' }]);
    }));

  it('finds people around a union: its own, and those of the federation', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      const around = await findPeople(worker, { run: RUN, around: ['dongzhen'], limit: 10 });
      expect(around.map(({ id }) => id)).toEqual(['office-1', 'officer-dong']);
    }));

  it('cannot be read any more once a household’s key is erased, while others can', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      expect(await eraseDataKey(worker, { run: RUN, holder: 'h/2001' })).toBe(true);
      await expect(findHousehold(worker, { run: RUN, id: '2001' }, sealer)).rejects.toMatchObject({ code: 'DATA_KEY_GONE' });
      expect(await findHousehold(worker, { run: RUN, id: '2002' }, sealer)).toMatchObject({ name: '吴春生' });
    }));

  it('does not open a sealed value that was moved to another household', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await worker.query(`update households set sealed = (select sealed from households where id = '2002') where id = '2001'`);
      await expect(findHousehold(worker, { run: RUN, id: '2001' }, sealer)).rejects.toMatchObject({
        code: 'SEALED_VALUE_UNREADABLE',
      });
    }));
});

describe('a person’s file', () => {
  it('is found by identity number, under an earlier key too', () =>
    withStore(async ({ worker }) => {
      const [earlier, current] = [newKeyText('first'), newKeyText('second')];
      await createTestRun(worker);
      await importRoster(worker, {
        run: RUN,
        roster: buildRoster(),
        sealer: createTestSealer(parseKeyRing(earlier, 'the test')),
      });
      const rotated = createTestSealer(parseKeyRing(`${current},${earlier}`, 'the test'));
      expect(await findHouseholdByIdNumber(worker, { run: RUN, idNumber: buildHousehold().idNumber }, rotated)).toBe('2001');
      expect(await findHouseholdByIdNumber(worker, { run: RUN, idNumber: '000' }, rotated)).toBeUndefined();
    }));
});

describe('an admission', () => {
  const household = buildHousehold({ id: 'new-1', enrolment: 'admitted' });

  it('enrols the household once, however often its claim comes', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      expect(await admitHousehold(worker, { run: RUN, claim: 'admit|1', household, sealer })).toBe(true);
      expect(await admitHousehold(worker, { run: RUN, claim: 'admit|1', household, sealer })).toBe(false);
      expect(await findHousehold(worker, { run: RUN, id: 'new-1' }, sealer)).toEqual(household);
      expect(await readColumn(worker, `select created_by from instances where id = 'h/new-1'`)).toEqual(['admit|1']);
    }));

  it.each([
    ['somebody who is on file', buildHousehold({ id: 'new-2', idNumber: buildHousehold().idNumber })],
    ['an id that is taken', buildHousehold({ id: '2002', idNumber: '330722197003010000' })],
  ])('of %s is refused', (_name, refused) =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await expect(admitHousehold(worker, { run: RUN, claim: 'admit|2', household: refused, sealer })).rejects.toMatchObject({
        code: 'HOUSEHOLD_ON_FILE',
      });
      expect(await readValue(worker, 'select count(*) from households')).toBe(3);
    }),
  );
});
