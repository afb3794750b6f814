/** A whole campaign is played, and then everything that was kept or said is searched for what the register says of people. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import { createPool } from '../../store/pool.ts';
import { atRest, dumpTables, instancesOf } from '../running/books.ts';
import { drillRoster, OPENS, steppedDrill } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { playDrill } from '../running/play-drill.ts';
import { textsIn } from '../running/texts-in.ts';

const PERSONAL: readonly string[] = [
  ...drillRoster.people.flatMap(({ name, phone }) => [name, phone]),
  ...drillRoster.households.flatMap(({ name, phone, idNumber, address }) => [name, phone, idNumber, address]),
].filter((text) => text !== '');

const run = newRunId();
let engine: Engine;

beforeAll(async () => {
  engine = await openEngine();
  await engine.client.start(steppedDrill(run));
  await advanceRun(engine.client.room, { run, to: OPENS - 86_400_000 });
  await playDrill(engine, run);
  await atRest(engine, run);
}, 300_000);
afterAll(() => engine?.close());

/** A number counts when it stands alone: the sample's telephones, 1000000…, are also found within a plan's table of working days. */
const leaked = (text: string): string[] => PERSONAL.filter((secret) => new RegExp(`(?<!\\d)${secret}(?!\\d)`).test(text));

async function historiesText(): Promise<string> {
  const histories: string[] = [];
  for (const instance of await instancesOf(engine.pool, run)) {
    const handle = engine.temporal.workflow.getHandle(`${run}/${instance}`);
    histories.push(textsIn(await handle.fetchHistory()), textsIn(await handle.describe()));
  }
  return histories.join('\n');
}

/** As the superuser, whom no policy hides a row from. */
async function everyRow(): ReturnType<typeof dumpTables> {
  const url = new URL(inject('databaseAdmin').adminUrl);
  url.pathname = new URL(engine.urls.workerUrl).pathname;
  const pool = createPool(url.href, { max: 1, applicationName: 'test-superuser' });
  try {
    return await dumpTables(pool);
  } finally {
    await pool.end();
  }
}

function messagesText(): string {
  const names = readdirSync(engine.messages, { recursive: true, encoding: 'utf8' });
  return names
    .map((name) => `${name}\n${name.endsWith('.txt') ? readFileSync(join(engine.messages, name), 'utf8') : ''}`)
    .join('\n');
}

describe('what the register says of people', () => {
  it('is something to search for', () => {
    expect(PERSONAL.length).toBeGreaterThan(10);
  });

  it('is not in the histories that Temporal keeps', async () => {
    const text = await historiesText();
    expect(text).toContain(run);
    expect(leaked(text)).toEqual([]);
  });

  it('is sealed wherever Postgres keeps it, in forms as in the register', async () => {
    const tables = await everyRow();
    expect(tables['submissions']!.length).toBeGreaterThan(0);
    const leaks = Object.entries(tables).map(([name, rows]) => ({ name, leaked: leaked(textsIn(rows)) }));
    expect(leaks.filter((table) => table.leaked.length > 0)).toEqual([]);
  });

  it('is not in the messages that are sent', () => {
    const text = messagesText();
    expect(text).toContain('union-01');
    expect(leaked(text)).toEqual([]);
  });

  it('is not in the log of the worker', () => {
    expect(leaked(engine.logged.join('\n'))).toEqual([]);
  });
});
