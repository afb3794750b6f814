/** The demonstration from beginning to end, on real parts, with a worker that is killed on the way. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { isAlive } from '../../platform/process-identity.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { type Ended, eventually, type Running, startShigeyi } from './process.ts';
import { writeSmallRegister } from './small-register.ts';

/** On a machine that is busy with other tests. */
const PATIENCE_MS = 480_000;

let folder: string;
let database: TestDatabase;
let demo: Running;
let ended: Ended;
const workers: number[] = [];
/** Shown when the demonstration failed: what its workers said last. */
let workerLog = '';

/** The worker that the demonstration speaks of last. */
const findWorker = (): number | undefined => {
  const [, pid] = /✓ worker +process (\d+)/.exec(demo.said.err) ?? [];
  return pid === undefined ? undefined : Number(pid);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shigeyi-demo-'));
  writeSmallRegister(folder, { households: 3 });
  database = await createTestDatabase();
  demo = startShigeyi(['demo', '--exit', '--seconds', '60', '--roster', folder], {
    SHIGEYI_DATA: join(folder, 'data'),
    SHIGEYI_TASK_QUEUE: `demo-${process.pid}`,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
    DATABASE_WORKER_URL: database.workerUrl,
    SHIGEYI_DEBUG: '1',
  });
  // When something has been done, so that there is something to lose.
  await Promise.race([eventually(() => (/[1-9]\d* handed in/.test(demo.said.err) ? true : undefined)), demo.ended]);
  const worker = findWorker();
  if (worker !== undefined) {
    workers.push(worker);
    process.kill(worker, 'SIGKILL');
  }
  ended = await demo.ended;
  workerLog = readFileSync(join(folder, 'data', 'logs', 'worker.log'), 'utf8').slice(-20_000);
}, PATIENCE_MS);

afterAll(async () => {
  demo.child.kill('SIGKILL');
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the demonstration', () => {
  it('ends with 0, because the books balance', () => {
    expect(ended.err, workerLog).not.toContain('shigeyi: ');
    expect(ended.exit).toBe(0);
    expect(ended.out).toMatch(/The books of linwei-2020-\w+ balance: \d+ instances compared\.\n$/);
  });

  it('says that the killed worker was replaced', () => expect(ended.err).toContain('! the worker ended (SIGKILL)'));

  it('closes with a table of the unions and one of the target', () => {
    expect(ended.out).toMatch(/^工会 union .*on time .*late .*missed .*reminders/m);
    expect(ended.out).toMatch(/^union-01 /m);
    expect(ended.out).toMatch(/^合计 total/m);
    expect(ended.out).toContain('目标 target: deep-cleared');
  });

  it('told how it went in plain lines, because nobody watched on a terminal', () => {
    expect(ended.err).toMatch(/^2020-1\d-\d\d 第 \d\/5 阶段/m);
    expect(ended.err).not.toContain('\u001b');
  });

  it('leaves no process behind', () => {
    expect(workers).toHaveLength(1);
    expect(workers.filter((pid) => isAlive(pid))).toEqual([]);
  });
});
