/** What a campaign has done so far, by union. Counts only: nothing here names a household. */
import { evaluate } from '../model/condition.ts';
import type { Facts, FactValue, Instant, Scope, Target } from '../model/plan.ts';
import type { Queryable } from './pool.ts';

/** Groups at most; a report with more has been asked the wrong question. */
const MOST_GROUPS = 50_000;

export interface TaskCount {
  /** Null for the campaign's own. */
  readonly union: string | null;
  readonly template: string;
  readonly onTime: number;
  readonly late: number;
  readonly missed: number;
  /** Waived or dropped: nobody has to do it any more. */
  readonly excused: number;
  /** Still to be done or reviewed, the overdue ones included. */
  readonly open: number;
  /** Not handed in, and the deadline has passed at `asOf`. In a pause nothing passes. */
  readonly overdue: number;
  /** In review, and the review's own deadline has passed at `asOf`: it waits for the reviewer. */
  readonly overdueReviews: number;
}

/** Tasks by union and template. On time is judged by the instant the standing submission was accepted. */
export async function countTasks(db: Queryable, { run, asOf }: { run: string; asOf: Instant }): Promise<TaskCount[]> {
  const { rows } = await db.query<TaskCount>(
    `select union_id as "union", template,
            count(*) filter (where status = 'done' and not late) as "onTime",
            count(*) filter (where status = 'done' and late) as late,
            count(*) filter (where status = 'missed') as missed,
            count(*) filter (where status in ('waived', 'dropped')) as excused,
            count(*) filter (where status in ('open', 'returned', 'inReview')) as open,
            count(*) filter (where status in ('open', 'returned') and deadline < least($2, still.paused_at)) as overdue,
            count(*) filter (where status = 'inReview' and review_deadline < least($2, still.paused_at)) as "overdueReviews"
       from tasks
       left join (select id, paused_at from instances where run_id = $1 and paused_at is not null) as still on still.id = tasks.instance
      where run_id = $1
      group by union_id, template
      order by union_id nulls first, template
      limit $3`,
    [run, asOf, MOST_GROUPS],
  );
  return rows;
}

export interface MessageCount {
  readonly union: string | null;
  readonly purpose: string;
  /** Of reminders and escalations. */
  readonly rung: string | null;
  /** Claimed by the engine, once each. */
  readonly claimed: number;
  /** Delivered over at least one channel. */
  readonly delivered: number;
}

/** Messages by union, purpose and rung. */
export async function countMessages(db: Queryable, { run }: { run: string }): Promise<MessageCount[]> {
  const { rows } = await db.query<MessageCount>(
    `select i.union_id as "union", o.payload ->> 'purpose' as purpose, o.payload ->> 'rung' as rung, count(*) as claimed,
            count(*) filter (where exists (select from deliveries d where d.run_id = o.run_id and d.claim = o.claim)) as delivered
       from outbox o
       left join instances i on i.run_id = o.run_id and i.id = o.instance
      where o.run_id = $1 and o.kind = 'message'
      group by 1, 2, 3
      order by 1 nulls first, 2, 3
      limit $2`,
    [run, MOST_GROUPS],
  );
  return rows;
}

export interface DeliveryCount {
  readonly channel: string;
  /** What people received: a list counts once, however much it gathers. */
  readonly sent: number;
  /** What the engine had claimed for them. */
  readonly claims: number;
}

/** How many messages went out over each channel, and how many claims they gathered. */
export async function countDeliveries(db: Queryable, { run }: { run: string }): Promise<DeliveryCount[]> {
  const { rows } = await db.query<DeliveryCount>(
    `select channel, count(distinct recipient || '|' || coalesce(digest_day::text, claim)) as sent, count(*) as claims
       from deliveries
      where run_id = $1
      group by channel
      order by channel
      limit $2`,
    [run, MOST_GROUPS],
  );
  return rows;
}

export interface TargetCount {
  readonly union: string | null;
  /** The facts at enrolment that the target is broken down by. */
  readonly by: Readonly<Record<string, FactValue>>;
  /** Instances that the target is about. */
  readonly of: number;
  /** Of these, by the id of each count. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Instances read per query while counting a target. */
const PAGE = 2_000;

/** A target's counts by union and by its breakdown. Read page by page: conditions are the model's to judge, not SQL's. */
export async function countTarget(db: Queryable, { run, target }: { run: string; target: Target }): Promise<TargetCount[]> {
  const groups = new Map<
    string,
    { union: string | null; by: Record<string, FactValue>; of: number; counts: Record<string, number> }
  >();
  for await (const { union, facts, factsAtEnrolment } of readFacts(db, { run, scope: target.scope, union: null })) {
    if (!evaluate(target.of, factsAtEnrolment)) continue;
    const by = Object.fromEntries(target.by.map((fact) => [fact, factsAtEnrolment[fact] ?? null]));
    const key = JSON.stringify([union, by]);
    const group = groups.get(key) ?? { union, by, of: 0, counts: Object.fromEntries(target.counts.map(({ id }) => [id, 0])) };
    groups.set(key, group);
    group.of += 1;
    for (const { id, when } of target.counts) if (evaluate(when, facts)) group.counts[id]! += 1;
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

export interface InstanceFacts {
  readonly id: string;
  readonly union: string | null;
  readonly facts: Facts;
  readonly factsAtEnrolment: Facts;
}

/** Of everybody enrolled who has begun, or of those in one union. Page by page. */
export async function* readFacts(
  db: Queryable,
  { run, scope, union }: { run: string; scope: Scope; union: string | null },
): AsyncGenerator<InstanceFacts> {
  for (let after = ''; ; ) {
    const { rows } = await db.query<InstanceFacts>(
      `select id, union_id as "union", facts, facts_at_enrolment as "factsAtEnrolment" from instances
        where run_id = $1 and id > $2 and scope = $3 and status <> 'planned' and ($5::text is null or union_id = $5)
        order by id
        limit $4`,
      [run, after, scope, PAGE, union],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
  }
}
