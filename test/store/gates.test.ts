import type pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { confirmFlushes } from '../../store/confirm.ts';
import { writeFlush } from '../../store/flush.ts';
import { claimGates, findLevels, findListeners, markGateSent, recountGate } from '../../store/gates.ts';
import { admitHousehold } from '../../store/register-import.ts';
import { buildAnswer, buildFlush, RUN } from './flushes.ts';
import { buildHousehold } from './rosters.ts';
import { createEnrolledRun } from './enrolled-run.ts';
import { readValue, withStore } from './with-store.ts';

const GATE = 'all-visited';
const claim = (db: pg.Pool) => claimGates(db, { limit: 10, leaseMs: 60_000 });
const settledByWake = (instance: string, union = 'xizhen') =>
  buildFlush({ instance, union, gates: [{ gate: GATE, settled: true }] });
const leftOutByWake = (instance: string, union = 'xizhen') =>
  buildFlush({ instance, union, gates: [{ gate: GATE, settled: false, excluded: true }] });

/** Statements that wait for somebody else's row. */
const WAITING = `select count(*)::int from pg_locks l join pg_stat_activity a using (pid) where a.datname = current_database() and not l.granted`;

/** Keeps everybody from noting that a union is told anew, until the function that it returns is called. */
async function holdRecounts(db: pg.Pool, union: string): Promise<() => Promise<void>> {
  const client = await db.connect();
  await client.query('begin');
  await client.query('select from gate_recounts where union_id = $1 for update', [union]);
  return async () => {
    await client.query('commit');
    client.release();
  };
}

describe('a gate', () => {
  it('counts settled instances among all that are enrolled, those not yet started included', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('h/2001'));
      expect(await claim(worker)).toEqual([
        {
          run: RUN,
          gate: GATE,
          version: 1,
          done: 1,
          total: 3,
          excluded: 0,
          unions: [{ union: 'xizhen', done: 1, total: 2, excluded: 0 }],
        },
      ]);
    }));

  it('counts what an Update settled only once history is known to hold it', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, { ...settledByWake('h/2001'), answers: [buildAnswer()] });
      expect(await claim(worker)).toEqual([]);
      await confirmFlushes(worker, [{ run: RUN, instance: 'h/2001', number: 1, digest: 'state-1' }]);
      expect(await claim(worker)).toMatchObject([{ version: 1, done: 1 }]);
    }));

  it('does not count what was superseded before it was confirmed', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, { ...settledByWake('h/2001'), digest: 'lost', answers: [buildAnswer()] });
      await writeFlush(worker, buildFlush({ digest: 'held' }));
      await confirmFlushes(worker, [{ run: RUN, instance: 'h/2001', number: 1, digest: 'held' }]);
      expect(await claim(worker)).toEqual([]);
    }));

  it('gathers many changes into one count, and says nothing when nothing changed', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('h/2001'));
      await writeFlush(worker, settledByWake('h/3001', 'dongzhen'));
      const [gate] = await claim(worker);
      expect(gate).toMatchObject({
        version: 1,
        done: 2,
        unions: [
          { union: 'dongzhen', done: 1, total: 1, excluded: 0 },
          { union: 'xizhen', done: 1, total: 2, excluded: 0 },
        ],
      });
      await markGateSent(worker, gate!);
      expect(await claim(worker)).toEqual([]);
      await writeFlush(worker, settledByWake('h/2002'));
      expect(await claim(worker)).toMatchObject([
        { version: 2, done: 3, unions: [{ union: 'xizhen', done: 2, total: 2, excluded: 0 }] },
      ]);
    }));

  it('counts a household that moved with its new union, and tells the old one that it waits for it no longer', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('h/2001'));
      const [gate] = await claim(worker);
      await markGateSent(worker, gate!);
      await writeFlush(worker, buildFlush({ instance: 'h/2001', number: 2, union: 'dongzhen' }));
      const [again] = await claim(worker);
      expect(again).toMatchObject({
        version: 2,
        done: 1,
        unions: [
          { union: 'dongzhen', done: 1, total: 2, excluded: 0 },
          { union: 'xizhen', done: 0, total: 1, excluded: 0 },
        ],
      });
      await markGateSent(worker, again!);
      expect(await claim(worker)).toEqual([]);
    }));

  it('on a union is told to whoever has come to it since it was read for them', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('u/xizhen'));
      await writeFlush(worker, settledByWake('u/dongzhen', 'dongzhen'));
      await writeFlush(worker, buildFlush({ instance: 'h/2001' }));
      const [gate] = await claim(worker);
      await markGateSent(worker, gate!);
      await writeFlush(worker, buildFlush({ instance: 'h/2001', number: 2, union: 'dongzhen' }));
      expect(await claim(worker)).toMatchObject([{ version: 2, unions: [{ union: 'dongzhen', done: 1, total: 1 }] }]);
    }));

  it('lets two households change places at the same time', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      const places = [
        { instance: 'h/2001', union: 'xizhen' },
        { instance: 'h/3001', union: 'dongzhen' },
      ];
      const unions = places.map(({ union }) => union);
      for (const { instance, union } of places) await writeFlush(worker, settledByWake(instance, union));
      await claim(worker);
      // There and back, so that what each of them is to note is there already.
      for (const [index, { instance, union }] of places.entries()) {
        await writeFlush(worker, buildFlush({ instance, number: 2, union: unions[1 - index]! }));
        await writeFlush(worker, buildFlush({ instance, number: 3, union }));
      }
      const holding = await Promise.all(unions.map((union) => holdRecounts(worker, union)));
      const moving = places.map(({ instance }, index) =>
        writeFlush(worker, buildFlush({ instance, number: 4, union: unions[1 - index]! })),
      );
      // One after the other, so that whoever begins with the first has it while both wait for the second.
      for (const letGo of holding) {
        await vi.waitUntil(async () => (await readValue<number>(worker, WAITING)) === places.length);
        await letGo();
      }
      expect(await Promise.all(moving)).toMatchObject([{ conflict: false }, { conflict: false }]);
    }));

  it('tells a union whose last household has gone that there is nobody left', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('h/3001', 'dongzhen'));
      await markGateSent(worker, (await claim(worker))[0]!);
      await writeFlush(worker, buildFlush({ instance: 'h/3001', number: 2, union: 'xizhen' }));
      expect(await claim(worker)).toMatchObject([
        {
          unions: [
            { union: 'dongzhen', done: 0, total: 0 },
            { union: 'xizhen', done: 1, total: 3 },
          ],
        },
      ]);
    }));

  it('does not wait for those whom its task does not concern', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('h/2001'));
      await writeFlush(worker, leftOutByWake('h/2002'));
      expect(await claim(worker)).toMatchObject([
        { done: 1, total: 2, excluded: 1, unions: [{ union: 'xizhen', done: 1, total: 1, excluded: 1 }] },
      ]);
    }));

  it('leaves out whom an Update took out only once history is known to hold it', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, { ...leftOutByWake('h/2001'), answers: [buildAnswer()] });
      expect(await claim(worker)).toEqual([]);
      await confirmFlushes(worker, [{ run: RUN, instance: 'h/2001', number: 1, digest: 'state-1' }]);
      expect(await claim(worker)).toMatchObject([{ version: 1, done: 0, total: 2, excluded: 1 }]);
    }));

  it('forgets who was left out by what was superseded before it was confirmed', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, { ...leftOutByWake('h/2001'), digest: 'lost', answers: [buildAnswer()] });
      await writeFlush(worker, buildFlush({ digest: 'held' }));
      await confirmFlushes(worker, [{ run: RUN, instance: 'h/2001', number: 1, digest: 'held' }]);
      expect(await claim(worker)).toEqual([]);
    }));

  it('counts down when what was settled is unsettled again', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('h/2001'));
      const [gate] = await claim(worker);
      await markGateSent(worker, gate!);
      const again = { number: 2, digest: 'state-2', previous: 'state-1', gates: [{ gate: GATE, settled: false }] };
      await writeFlush(worker, buildFlush({ instance: 'h/2001', union: 'xizhen', ...again }));
      expect(await claim(worker)).toMatchObject([{ version: 2, done: 0, total: 3, unions: [{ union: 'xizhen', done: 0 }] }]);
    }));

  it('whose count the repair takes again is told to every union', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('h/2001'));
      const [gate] = await claim(worker);
      await markGateSent(worker, gate!);
      await recountGate(worker, { run: RUN, gate: GATE, above: gate!.version });
      const [recounted] = await claim(worker);
      expect(recounted).toMatchObject({ done: 1, unions: [{ union: 'xizhen', done: 1 }] });
      expect(recounted!.version).toBeGreaterThan(gate!.version);
    }));

  it('on a union is known as it stands to whoever begins later', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('u/xizhen'));
      await writeFlush(worker, leftOutByWake('u/dongzhen', 'dongzhen'));
      await claim(worker);
      expect(await findLevels(worker, { run: RUN, gates: [GATE], limit: 10 })).toEqual([
        { gate: GATE, union: 'dongzhen', version: 1, done: 0, total: 0, excluded: 1 },
        { gate: GATE, union: 'xizhen', version: 1, done: 1, total: 1, excluded: 0 },
      ]);
    }));

  it('is told to those of a union that have not closed, whether they have begun or not', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('h/2001'));
      const asked = { run: RUN, scope: 'household', union: 'xizhen', after: '', limit: 10 } as const;
      expect(await findListeners(worker, asked)).toEqual([
        { instance: 'h/2001', status: 'open' },
        { instance: 'h/2002', status: 'planned' },
      ]);
    }));

  it('that was not heard is counted again, naming the same unions', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('h/2001'));
      await claimGates(worker, { limit: 10, leaseMs: 0 });
      expect(await claim(worker)).toMatchObject([{ version: 1, done: 1, unions: [{ union: 'xizhen' }] }]);
    }));

  it('is counted by one relay at a time', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('h/2001'));
      const claims = await Promise.all(Array.from({ length: 4 }, () => claim(worker)));
      expect(claims.flat()).toHaveLength(1);
    }));

  it('never gives a higher version to an older count', () =>
    withStore(async ({ worker }) => {
      await createEnrolledRun(worker);
      const instances = Array.from({ length: 40 }, (_, index) => `h/more-${index}`);
      const seen: { version: number; done: number }[] = [];
      const counting = Array.from({ length: 3 }, async () => {
        while (seen.at(-1)?.done !== instances.length) {
          for (const gate of await claim(worker)) {
            seen.push(gate);
            await markGateSent(worker, gate);
          }
        }
      });
      for (const instance of instances) await writeFlush(worker, settledByWake(instance));
      await Promise.all(counting);
      const inOrder = seen.toSorted((a, b) => a.version - b.version).map(({ done }) => done);
      expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
    }));

  it('says at once that it has one more to wait for when a household is admitted', () =>
    withStore(async ({ worker }) => {
      const sealer = await createEnrolledRun(worker);
      await writeFlush(worker, settledByWake('h/2001'));
      const [gate] = await claim(worker);
      await markGateSent(worker, gate!);
      await admitHousehold(worker, {
        run: RUN,
        claim: 'admit|u/xizhen|sweep|1',
        household: buildHousehold({ id: '2003', enrolment: 'admitted' }),
        sealer,
      });
      expect(await claim(worker)).toMatchObject([{ version: 2, done: 1, total: 4 }]);
    }));
});
