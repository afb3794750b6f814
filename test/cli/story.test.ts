/** A run from the command line alone, with real parts: what a person would type, one command after another. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {
  AuditExport,
  AuditPage,
  AuditVerification,
  RunReport,
  RunSummary,
  TaskView,
  Verification,
} from '../../client/api.ts';
import type { Answer } from '../../model/command.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { DEFINITION } from './fake-host.ts';
import { eventually, type Running, runShigeyi, startShigeyi } from './process.ts';
import { writeSmallRegister } from './small-register.ts';

/** Each command is a process that takes seconds to begin on a machine that is busy with other tests. */
const PATIENCE_MS = 240_000;
const RUN = 'story';
const HOUSEHOLDS = 2;
/** In six hours, so that the first phase is still under way when the test ends, however slow the machine is. */
const LENGTH = '6h';

let folder: string;
let database: TestDatabase;
let up: Running;
let env: Record<string, string | undefined>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shigeyi-story-'));
  writeSmallRegister(folder, { households: HOUSEHOLDS });
  database = await createTestDatabase();
  env = {
    SHIGEYI_DATA: join(folder, 'data'),
    SHIGEYI_TASK_QUEUE: `story-${process.pid}`,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
    DATABASE_WORKER_URL: database.workerUrl,
    SHIGEYI_DEBUG: '1',
  };
  up = startShigeyi(['up', '--json'], env);
  await Promise.race([eventually(() => parse(up.said.out)), up.ended.then(({ err }) => Promise.reject(new Error(err)))]);
}, PATIENCE_MS);

afterAll(async () => {
  up.child.kill('SIGKILL');
  await up.ended;
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const parse = <T>(text: string): T | undefined => {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
};

/** What the command answers, which must be in order. */
async function ask<T>(...words: string[]): Promise<T> {
  const { exit, out, err } = await runShigeyi([...words, '--json'], env);
  expect({ exit, err }, out).toEqual({ exit: 0, err: '' });
  return JSON.parse(out) as T;
}

const openTasks = async (): Promise<readonly TaskView[]> => (await ask<{ tasks: TaskView[] }>('tasks', RUN, '--open')).tasks;

describe.sequential('from the command line', { timeout: PATIENCE_MS }, () => {
  it('a run is started, and returns when everything is open', async () => {
    const started = await ask<{ instances: number }>('start', DEFINITION, '--roster', folder, '--rehearse', LENGTH, '--run', RUN);
    expect(started.instances).toBe(1 + 1 + HOUSEHOLDS);
    expect((await ask<RunSummary>('status', RUN)).instances).toEqual({ planned: 0, open: 4, closed: 0 });
  });

  it('a second run of the same name is refused', async () => {
    const { exit, err } = await runShigeyi(['start', DEFINITION, '--roster', folder, '--rehearse', LENGTH, '--run', RUN], env);
    expect(exit).toBe(1);
    expect(err).toContain('[RUN_EXISTS]');
  });

  it('its first task opens when its phase begins', async () => {
    const task = await eventually(async () => (await openTasks()).find(({ task: id }) => id === 'c/evaluation-closed'));
    expect(task).toMatchObject({ status: 'open', late: false, form: 'evaluation-closed' });
  });

  it('what comes later is refused, and so is what there never was', async () => {
    const form = join(folder, 'empty.yaml');
    writeFileSync(form, '{}');
    const complete = (task: string) => runShigeyi(['complete', RUN, task, '--form', form], env);
    expect(await complete('u/union-01/union-summary')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('[NOT_OPEN_YET]') as string,
    });
    expect(await complete('u/union-99/union-summary')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('[UNKNOWN_TASK]') as string,
    });
    expect(await complete('c/evaluation-closed')).toMatchObject({
      exit: 1,
      err: expect.stringContaining('[FORM_INVALID]') as string,
    });
  });

  it('a form is printed, filled in and handed in; twice under one id is once', async () => {
    const { out: form } = await runShigeyi(['form', RUN, 'c/evaluation-closed', '--example'], env);
    expect(form).toContain('# 评估结束日期');
    const handIn = () =>
      runShigeyi(['complete', RUN, 'c/evaluation-closed', '--form', '-', '--id', 'first', '--json'], env, form);
    const [once, twice] = [await handIn(), await handIn()];
    expect(once).toMatchObject({ exit: 0, err: '' });
    expect(twice).toEqual(once);
    expect(JSON.parse(once.out) as Answer).toMatchObject({ command: 'first', status: 'done', late: false });
  });

  it('a worker that is killed is replaced, and nothing is lost', async () => {
    const { worker } = parse<{ worker: number }>(up.said.out)!;
    process.kill(worker, 'SIGKILL');
    const example = JSON.stringify((await ask<{ answers: object }>('form', RUN, 'c/five-year-summary', '--example')).answers);
    const answer = await eventually(async () => {
      const { exit, out } = await runShigeyi(
        ['complete', RUN, 'c/five-year-summary', '--form', '-', '--id', 'second', '--json'],
        env,
        example,
      );
      // While no worker is there the command is told to come again.
      expect([0, 3]).toContain(exit);
      return exit === 0 ? (JSON.parse(out) as Answer) : undefined;
    });
    expect(answer).toMatchObject({ command: 'second', status: 'done' });
  });

  it('the books balance', async () =>
    expect(await ask<Verification>('verify', RUN)).toMatchObject({ clean: true, instances: 4, discrepancies: [] }));

  it('the report counts what was done', async () => {
    const { unions } = await ask<RunReport>('report', RUN);
    expect(unions.find(({ union }) => union === null)).toMatchObject({ onTime: 2, late: 0 });
  });

  it('the audit tells who did it, leaves the house as a file, and is as it was written', async () => {
    const { rows } = await ask<AuditPage>('audit', RUN);
    expect(rows.find(({ command }) => command === 'first')).toMatchObject({ kind: 'taskSubmitted', instance: 'c', void: false });
    const file = join(folder, 'audit.jsonl');
    const made = await ask<AuditExport>('audit', 'export', RUN, '--to', file);
    const inFile = await ask<AuditVerification>('audit', 'verify', RUN, '--file', file);
    expect(inFile).toMatchObject({ intact: true, rows: made.rows, lastAnchor: made.anchor.hash });
    expect(await ask<AuditVerification>('audit', 'verify', RUN, '--against', file)).toMatchObject({ intact: true });
    writeFileSync(file, readFileSync(file, 'utf8').replace('"command":"first"', '"command":"worst"'));
    const { exit, out } = await runShigeyi(['audit', 'verify', RUN, '--file', file], env);
    expect([exit, out]).toEqual([1, expect.stringMatching(/First wrong is row \d+ of c\./)]);
  });

  it('scenarios come to the same on these servers as on a virtual clock', async () => {
    const tests = await ask<{ ok: boolean; engine: string }>('test', 'definitions/first', '--engine', 'temporal');
    expect(tests).toMatchObject({ ok: true, engine: 'temporal' });
  });

  it('an interrupt ends everything in order', async () => {
    up.child.kill('SIGINT');
    expect((await up.ended).exit).toBe(0);
  });
});
