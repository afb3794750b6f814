/** A union's form that must agree with what its own households handed in, counted from Postgres when it is handed in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { beijing, MONDAY_MORNING, OPENS } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { handIn } from '../running/people.ts';

const ROOT = join(import.meta.dirname, '../..');
const compiled = compileDefinition(
  readDefinition(join(ROOT, 'test/running/gated'), { calendars: join(ROOT, 'definitions/calendars') }),
);
if ('issues' in compiled) throw new Error(JSON.stringify(compiled.issues));
const roster = createSampleRoster({ seed: 7, unions: 2, households: 4, earlier: 0 });
const householdsOf = (union: string): readonly string[] =>
  roster.households.filter((each) => each.union === union).map(({ id }) => `h/${id}`);

let engine: Engine;
const run = newRunId();
const settle = (): Promise<void> => advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
const visit = async (instance: string): Promise<void> => {
  await handIn(engine.client, { run, task: `${instance}/visit`, id: `${run}-${instance}` });
  await settle();
};
const count = (union: string, visited: number, id: string) =>
  engine.client.complete({ run, task: `u/${union}/count`, id: `${run}-${id}`, answers: { visited }, via: 'cli' });

beforeAll(async () => {
  engine = await openEngine();
  const clock = { kind: 'stepped', anchor: OPENS - 86_400_000 } as const;
  await engine.client.start({ compiled, roster, run, clock, author: 'operator' });
  await settle();
  await handIn(engine.client, { run, task: 'c/kick-off', id: `${run}-kick-off` });
  await settle();
  for (const union of ['union-01', 'union-02'])
    await handIn(engine.client, { run, task: `u/${union}/scheme`, id: `${run}-${union}` });
  await settle();
  for (const instance of householdsOf('union-01').slice(0, 1)) await visit(instance);
}, 60_000);
afterAll(() => engine?.close());

describe("a union's count", () => {
  it('is refused with both numbers when it differs from its own households', async () => {
    await expect(count('union-01', 3, 'wrong')).rejects.toMatchObject({
      code: 'FORM_INVALID',
      details: [{ code: 'COUNT_DIFFERS', message: "'Visited' is 3, and what was handed in comes to 1" }],
    });
  });

  it('is filled in for simulated people', async () => {
    const { context } = await engine.client.form(run, 'u/union-01/count');
    expect(context.countOf?.('visited')).toBe(1);
  });

  it('does not count those of other unions', async () => {
    await expect(count('union-02', 1, 'others')).rejects.toMatchObject({ code: 'FORM_INVALID' });
    expect(await count('union-02', 0, 'none')).toMatchObject({ status: 'done' });
  });

  it('is accepted when it agrees, and gets the same answer again when the count has moved on', async () => {
    const first = await count('union-01', 1, 'right');
    expect(first).toMatchObject({ status: 'done' });
    await settle();
    for (const instance of householdsOf('union-01').slice(1)) await visit(instance);
    expect(await count('union-01', 1, 'right')).toEqual(first);
  });

  it('stands in the report', async () => {
    const { indicators } = await engine.client.report(run);
    expect(indicators).toMatchObject([
      { indicator: 'visited', kind: 'count', value: householdsOf('union-01').length, unions: { 'union-02': 0 } },
    ]);
  });
});

const told = (recipient: string): string => readFileSync(join(engine.messages, run, `${recipient}.txt`), 'utf8');

describe('messages', () => {
  it("are said in the definition's own words when they are sent, with the name that the union has in the register", () => {
    const { name } = roster.unions.find(({ id }) => id === 'union-01')!;
    expect(told('union-01-officer-1')).toMatch(new RegExp(`待办：方案（${name}），还有\\d+天`));
  });
});

describe('bulletins', () => {
  beforeAll(async () => {
    await advanceRun(engine.client.room, { run, to: beijing('10-12 18:00') });
  });

  it('tell one post the numbers of all unions, counted when they are sent', () => {
    const visited = householdsOf('union-01').length;
    expect(told('office-1')).toMatch(
      new RegExp(`日报 第1期[^]*合计：已走访户数 ${visited}[^]*已走访户数 ${visited}[^]*已走访户数 0`),
    );
    expect(told('office-1')).not.toContain('通报');
  });

  it('tell each union, if they are circulars', () => {
    for (const officer of ['union-01-officer-1', 'union-02-officer-1']) expect(told(officer)).toContain('通报 第1期');
  });

  it('name no household and nobody', () => {
    for (const { id, name } of roster.households)
      for (const word of [name, `h/${id}`]) expect(told('office-1').slice(told('office-1').indexOf('日报'))).not.toContain(word);
  });

  it('are sent once, however often the relay looks', async () => {
    await advanceRun(engine.client.room, { run, to: beijing('10-13 09:00') });
    expect(told('office-1').match(/日报 第1期/g)).toHaveLength(1);
  });
});
