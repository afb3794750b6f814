/** The numbers a campaign is watched by, as the rows of a run are now. */
import { type CountedTasks, factsTasksAreCountedBy, IndicatorTally } from '../model/indicators.ts';
import type { Instant, Plan } from '../model/plan.ts';
import type { Queryable } from './pool.ts';
import { readFacts } from './report.ts';

/** Groups of tasks at most: unions times templates times what they are told apart by. */
const MOST_GROUPS = 200_000;

export interface IndicatorsQuestion {
  readonly run: string;
  readonly plan: Pick<Plan, 'indicators' | 'tasks'>;
  /** Campaign time: overdue is a question asked at an instant. */
  readonly asOf: Instant;
  /** Of one union's own only. */
  readonly union?: string;
}

/** Conditions are the model's to judge, not SQL's: instances are read page by page. Tasks are counted where they lie. */
export async function tallyIndicators(db: Queryable, { run, plan, asOf, union }: IndicatorsQuestion): Promise<IndicatorTally> {
  const tally = new IndicatorTally(plan);
  const within = union ?? null;
  for (const scope of tally.scopes)
    for await (const { union: of, facts } of readFacts(db, { run, scope, union: within }))
      tally.instance({ scope, union: of, facts });
  if (!tally.needsTasks) return tally;
  const facts = factsTasksAreCountedBy(plan.indicators);
  for (const counted of await countTasksByFacts(db, { run, asOf, union: within, facts })) tally.tasks(counted);
  return tally;
}

/** Tasks by union, template and facts of their instances. */
async function countTasksByFacts(
  db: Queryable,
  { run, asOf, union, facts }: { run: string; asOf: Instant; union: string | null; facts: readonly string[] },
): Promise<CountedTasks[]> {
  const { rows } = await db.query<CountedTasks>({
    name: 'count-tasks-by-facts',
    text: `select t.template, t.union_id as "union", f.facts,
                  count(*) filter (where t.status = 'done') as done,
                  count(*) filter (where t.status = 'done' and t.late) as late,
                  count(*) filter (where t.status in ('open', 'returned', 'inReview')) as open,
                  count(*) filter (where t.status in ('open', 'returned') and t.deadline < least($2, i.paused_at)) as overdue,
                  count(*) filter (where t.status = 'missed') as missed,
                  count(*) filter (where t.status not in ('dropped', 'waived')) as "all"
             from tasks t
             join instances i on i.run_id = t.run_id and i.id = t.instance
            cross join lateral (
              select coalesce(jsonb_object_agg(name, i.facts -> name), '{}') as facts from unnest($4::text[]) as name) as f
            where t.run_id = $1 and ($3::text is null or t.union_id = $3)
            group by t.template, t.union_id, f.facts
            order by t.template, t.union_id nulls first, f.facts
            limit $5`,
    values: [run, asOf, union, facts, MOST_GROUPS],
  });
  return rows;
}
