/** A run of many households amended by one command, with whatever works at it killed meanwhile; and what it all came to. */
import type { AdjustmentRequest } from '../../client/adjust.ts';
import type { AdjustmentPreview } from '../../client/preview-adjustment.ts';
import { advanceRun } from '../../client/stepping.ts';
import { scopeOf } from '../../client/workflow-ids.ts';
import { findDifferences } from '../../engine/differences.ts';
import { inParallel } from '../../model/in-parallel.ts';
import { canonicalJson } from '../../model/canonical.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { findSnapshots } from '../../store/snapshots.ts';
import { findTasks } from '../../store/tasks.ts';
import { amendmentOf } from './amended-drill.ts';
import { atRest, historyLengthOf } from './books.ts';
import { beijing, drill, MONDAY_MORNING, OVER, steppedDrill } from './drill.ts';
import { type Engine, newRunId } from './engine.ts';
import { handIn } from './people.ts';
import { until } from './until.ts';

/** Of the households, those that were visited before. */
const VISITED = 10;
const PER_UNION = 50;
/** Instances and tasks of a run. */
const ALL = 100_000;
/** Asked of the servers at once. */
const WIDTH = 16;
const COMMAND = 'amend-many';
/** A run of thousands takes minutes here and there. */
const LONG = { withinMs: 1_800_000 };

export interface ManyOptions {
  readonly households: number;
  /** At which shares of the way every worker is killed, and the command given once more. */
  readonly killedAt: readonly number[];
  readonly tell?: (text: string) => void;
}

export interface ManyAmended {
  /** How many of `all` had taken it, whenever that was another number than before. */
  readonly progress: readonly { readonly done: number; readonly all: number; readonly afterMs: number }[];
  readonly refused: number;
  /** Differences, as people see them, that the preview did not tell, or told otherwise. */
  readonly unforeseen: readonly string[];
  /** Visits handed in and acknowledged before that are not done afterwards. */
  readonly lost: readonly string[];
  /** Events of the longest history of an instance. */
  readonly longest: number;
  readonly discrepancies: readonly object[];
  /** Every task of the run at its end, without the run's name. */
  readonly books: readonly object[];
}

/** The engine has no worker when it is called. */
export async function amendMany(engine: Engine, { households, killedAt, tell = () => {} }: ManyOptions): Promise<ManyAmended> {
  const run = newRunId();
  const roster = createSampleRoster({ seed: 7, unions: Math.ceil(households / PER_UNION), households, earlier: 0 });
  await engine.startWorkerProcess();
  await engine.client.start({ ...steppedDrill(run), roster });
  await advanceRun(engine.client.room, { run, to: MONDAY_MORNING });
  tell(`${households} households are at work`);
  const visited = roster.households.filter((_, index) => index % VISITED === 0).map(({ id }) => `h/${id}/visit`);
  await inParallel(visited, { width: WIDTH, work: (task) => handIn(engine.client, { run, task, id: `done|${task}` }) });
  await atRest(engine, run);

  const before = await statesOf(engine, run);
  const asked = { ...(await amendmentOf(engine.client, run)), id: COMMAND };
  const seen = await engine.client.previewAdjustment(asked);
  tell(`the preview names ${seen.tasks} tasks of ${seen.items.length} instances`);
  const { progress, refused } = await apply(engine, { asked: { ...asked, expect: seen.hash }, killedAt, tell });
  const after = await statesOf(engine, run);
  const unforeseen = findUnforeseen({ asked, seen, before, after });
  const lost = findLost(after, visited);
  await advanceRun(engine.client.room, { run, to: beijing('10-13 10:00') });
  await advanceRun(engine.client.room, { run, to: OVER });
  await atRest(engine, run);
  tell('the run is over');
  const { discrepancies } = await engine.client.verify(run, { repair: false });
  const tasks = await findTasks(engine.pool, { run, limit: ALL });
  const instances = ['c', ...roster.unions.map(({ id }) => `u/${id}`), ...roster.households.map(({ id }) => `h/${id}`)];
  const lengths = await inParallel(instances, { width: WIDTH, work: (instance) => historyLengthOf(engine, { run, instance }) });
  await engine.killWorkers();
  return {
    progress,
    refused,
    unforeseen,
    lost,
    longest: Math.max(...lengths),
    discrepancies,
    books: tasks.map(({ run: _its, ...task }) => task),
  };
}

interface Application extends Pick<ManyOptions, 'killedAt'> {
  readonly asked: AdjustmentRequest;
  readonly tell: (text: string) => void;
}

async function apply(engine: Engine, { asked, killedAt, tell }: Application): Promise<Pick<ManyAmended, 'progress' | 'refused'>> {
  const began = Date.now();
  const progress: { done: number; all: number; afterMs: number }[] = [];
  const order = async (): Promise<number> => {
    const adjusted = await engine.client.adjust(asked);
    if ('answer' in adjusted) throw new Error('an amendment is a revision');
    return adjusted.revision.revision;
  };
  const revision = await order();
  const kills = [...killedAt];
  const refused = await until(
    'every instance has taken it',
    async () => {
      const counted = await engine.client.revisionProgress(asked.run, revision);
      const [done, all] = [counted.done + counted.refused, counted.done + counted.refused + counted.pending];
      if (done !== progress.at(-1)?.done) progress.push({ done, all, afterMs: Date.now() - began });
      if (counted.pending === 0) return { count: counted.refused };
      if (kills.length > 0 && done >= all * kills[0]!) {
        kills.shift();
        await engine.killWorkers();
        tell(`${done} of ${all}: killed, and asked again`);
        await engine.startWorkerProcess();
        if ((await order()) !== revision) throw new Error('the same command made a second revision');
      }
      return undefined;
    },
    LONG,
  );
  tell(`amended within ${Date.now() - began} ms`);
  return { progress, refused: refused.count };
}

const statesOf = ({ pool }: Engine, run: string): Promise<readonly Snapshot[]> =>
  findSnapshots(pool, { run, for: { all: true }, limit: ALL });

interface Amended {
  readonly asked: AdjustmentRequest;
  readonly seen: AdjustmentPreview;
  readonly before: readonly Snapshot[];
  readonly after: readonly Snapshot[];
}

/** Tasks that changed otherwise than the preview had said, or that it said nothing of, or that did not change though it said so. */
function findUnforeseen({ asked: { next }, seen, before, after }: Amended): string[] {
  const said = new Map(seen.items.map((item) => [item.instance, 'differences' in item ? item.differences : []]));
  const states = new Map(after.map((snapshot) => [snapshot.instance, snapshot]));
  return before.flatMap((was) => {
    const scope = scopeOf(was.instance);
    const is = states.get(was.instance)!;
    const done = findDifferences(
      { program: drill.programs[scope], snapshot: was },
      { program: next!.programs[scope], snapshot: is },
    );
    const foreseen = (said.get(was.instance) ?? []).map((each) => canonicalJson(each));
    const found = done.map((each) => canonicalJson(each));
    const others = [...found.filter((each) => !foreseen.includes(each)), ...foreseen.filter((each) => !found.includes(each))];
    return others.map((each) => `${was.instance}: ${each}`);
  });
}

const findLost = (after: readonly Snapshot[], visited: readonly string[]): string[] => {
  const done = new Set(
    after.flatMap(({ instance, tasks: { visit } }) =>
      visit?.status === 'done' ? [`${instance}/visit ${visit.submission}`] : [],
    ),
  );
  return visited.filter((task) => !done.has(`${task} done|${task}`));
};
