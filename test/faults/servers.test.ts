/** Temporal and Postgres are killed in turn while people are at work on a fast clock. What was acknowledged is there afterwards, once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyTally, rehearse, type RehearsalClient } from '../../cli/rehearsal.ts';
import { campaignTime, type Clock } from '../../model/clock.ts';
import type { Answer } from '../../model/command.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { findAnswer } from '../../store/commands.ts';
import { atRest } from '../running/books.ts';
import { drill, OPENS } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';
import { type OwnServers, openOwnServers } from '../running/own-servers.ts';
import { misdelivered, persisting } from '../running/play-drill.ts';
import { until } from '../running/until.ts';

const DAY = 86_400_000;
/** Twelve days in about twenty seconds. */
const SPEED = (12 * DAY) / 20_000;
const run = newRunId();
let servers: OwnServers;
let engine: Engine;
const tally = emptyTally();
const acknowledged = new Map<string, Answer>();

/** The client, with every answer that somebody was given written down. */
function noting({ complete, review, form, openTasksSince }: RehearsalClient): RehearsalClient {
  const note = async (answering: Promise<Answer>): Promise<Answer> => {
    const answer = await answering;
    acknowledged.set(answer.command, answer);
    return answer;
  };
  return { form, openTasksSince, complete: (asked) => note(complete(asked)), review: (asked) => note(review(asked)) };
}

beforeAll(async () => {
  servers = await openOwnServers();
  engine = await openEngine({ servers, host: false });
  await engine.startWorkerProcess();
  const roster = createSampleRoster({ seed: 5, unions: 3, households: 9, earlier: 0 });
  const clock: Clock = { kind: 'scaled', anchor: OPENS - DAY / 2, startedAt: Date.now(), speed: SPEED };
  const now = (): number => campaignTime(clock, { real: Date.now(), advancedTo: 0 });
  await engine.client.start({ compiled: drill, roster, run, clock, author: 'operator' });

  const playing = rehearse({
    ...{
      client: noting(engine.client),
      run,
      clock,
      seed: 5,
      habits: { late: 0.1, never: 0.1, returned: 0.3 },
      endsAt: drill.plan.endsAt,
      tally,
    },
    now: Date.now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    isOver: () => now() > drill.plan.endsAt + DAY,
  });
  await until('work is under way', () => acknowledged.size >= 8);
  await servers.killTemporal();
  await servers.startTemporal();
  const before = acknowledged.size;
  await until('work goes on', () => acknowledged.size >= before + 4);
  await servers.killPostgres();
  await servers.startPostgres();
  await playing;
  await until(
    'the run is closed',
    persisting(async () => (await engine.client.status(run)).status === 'closed'),
    { withinMs: 120_000 },
  );
}, 300_000);
afterAll(async () => {
  await engine?.close();
  await servers?.stop();
});

describe('a campaign whose servers were killed in turn', () => {
  it('met no error that nobody foresaw, and asked again where a part was away', () => {
    expect(tally.bug).toBeUndefined();
    expect(tally.retries).toBeGreaterThan(0);
  });

  it('has everything that was acknowledged, with the answer that was given', async () => {
    expect(acknowledged.size).toBeGreaterThan(20);
    for (const [id, answer] of acknowledged) expect(await findAnswer(engine.pool, { run, id })).toEqual(answer);
  });

  it('took each command once', async () => {
    const { rows } = await engine.pool.query<{ command: string; times: number }>(
      `select a.command, count(*) as times
         from audit a join flushes f on f.run_id = a.run_id and f.instance = a.instance and f.number = a.flush_number and f.digest = a.flush_digest
        where a.run_id = $1 and a.kind in ('taskSubmitted', 'stepAccepted', 'taskReturned')
        group by a.command
        limit 10000`,
      [run],
    );
    expect(rows.filter(({ times }) => times !== 1)).toEqual([]);
    expect([...acknowledged.keys()].filter((id) => !rows.some(({ command }) => command === id))).toEqual([]);
  });

  it('said everything once', async () => {
    expect(await misdelivered(engine, run)).toEqual([]);
  });

  it('has balanced books', async () => {
    await atRest(engine, run);
    expect(await engine.client.verify(run, { repair: false })).toMatchObject({ clean: true, discrepancies: [] });
  });
});
