/** Gates on the real relay, up and down: whoever waits is told, whoever is not concerned is not waited for, whoever joins later finds them open. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { findInstances } from '../../store/instances.ts';
import { findTask } from '../../store/tasks.ts';
import { snapshotOf } from '../running/books.ts';
import { MONDAY_MORNING, OPENS } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { handIn } from '../running/people.ts';
import { until } from '../running/until.ts';

const ROOT = join(import.meta.dirname, '../..');
const compiled = compileDefinition(
  readDefinition(join(ROOT, 'test/running/gated'), { calendars: join(ROOT, 'definitions/calendars') }),
);
if ('issues' in compiled) throw new Error(JSON.stringify(compiled.issues));

/** Two unions. Of each, two households are on file, and one was lifted earlier. */
const roster = createSampleRoster({ seed: 7, unions: 2, households: 4, earlier: 2 });
const householdsOf = (union: string, enrolment: string): readonly string[] =>
  roster.households.filter((each) => each.union === union && each.enrolment === enrolment).map(({ id }) => `h/${id}`);

let engine: Engine;
const run = newRunId();
let hands = 0;
const settle = (): Promise<void> => advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
async function finish(...tasks: readonly string[]): Promise<void> {
  for (const task of tasks) await handIn(engine.client, { run, task, id: `${run}-${(hands += 1)}` });
  await settle();
}
const statusOf = async (instance: string, key: string): Promise<string> =>
  (await findTask(engine.pool, { run, instance, key }))?.status ?? 'waiting';

beforeAll(async () => {
  engine = await openEngine();
  const clock = { kind: 'stepped', anchor: OPENS - 86_400_000 } as const;
  await engine.client.start({ compiled, roster, run, clock, author: 'operator' });
  await settle();
}, 60_000);
afterAll(() => engine?.close());

describe('gates between the scopes of a run', () => {
  it('keep everybody below waiting at first', async () => {
    expect(await statusOf('u/union-01', 'scheme')).toBe('waiting');
    expect(await statusOf(householdsOf('union-01', 'on-file')[0]!, 'visit')).toBe('waiting');
  });

  it('open in every union once the campaign has settled its task', async () => {
    await finish('c/kick-off');
    expect([await statusOf('u/union-01', 'scheme'), await statusOf('u/union-02', 'scheme')]).toEqual(['open', 'open']);
  });

  it('open in all households of a union that has settled its task, and in no other', async () => {
    await finish('u/union-01/scheme');
    for (const instance of householdsOf('union-01', 'on-file')) expect(await statusOf(instance, 'visit')).toBe('open');
    for (const instance of [...householdsOf('union-01', 'earlier-lifted'), ...householdsOf('union-02', 'on-file')])
      expect(await statusOf(instance, 'visit')).toBe('waiting');
  });

  it('wait for those whom the task concerns, and for no others', async () => {
    const [first, second] = householdsOf('union-01', 'on-file');
    await finish(`${first}/visit`);
    expect(await statusOf('u/union-01', 'report')).toBe('waiting');
    await finish(`${second}/visit`);
    expect(await statusOf('u/union-01', 'report')).toBe('open');
    expect((await snapshotOf(engine, { run, instance: 'u/union-01' })).gates['report']).toMatchObject({
      done: 2,
      total: 2,
      excluded: 1,
    });
  });

  it('are open for a household that joins after they opened', async () => {
    await finish('u/union-02/scheme', 'u/union-02/sweep');
    const admitted = (await findInstances(engine.pool, { run, scope: 'household', limit: 100 })).filter(
      ({ facts }) => facts['enrolment'] === 'admitted',
    );
    expect(admitted.length).toBeGreaterThan(0);
    for (const { instance } of admitted) expect(await statusOf(instance, 'visit')).toBe('open');
  });

  it('balance in the books', async () =>
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] }));

  it('on a union are told again to whoever has heard something else of them', async () => {
    const instance = householdsOf('union-01', 'on-file')[0]!;
    const heard = async () => (await snapshotOf(engine, { run, instance })).gates['visit']!;
    const before = await heard();
    const level = { ...before, version: before.version + 5, done: 0 };
    const { version, done, total, excluded } = level;
    const body = { kind: 'gate', gate: 'visit', union: 'union-01', version, done, total, excluded } as const;
    await engine.client.room.sender.send({ run, instance, id: 'misheard', by: { system: 'relay' }, body });
    const { discrepancies } = await engine.client.verify(run, { repair: true });
    expect(discrepancies).toMatchObject([{ kind: 'gate', place: `${run}/${instance}/visit`, repaired: true }]);
    await until('it is told again', async () => (await heard()).version > version);
    expect(await heard()).toMatchObject({ done: before.done, total: before.total });
    await settle();
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
  });
});
