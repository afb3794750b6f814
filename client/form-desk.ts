/** What a form needs to know of a run, gathered from the register: who is who, what is prefilled, and which day it is. */
import { campaignNow } from '../model/campaign-now.ts';
import { createDateTime } from '../platform/zoned-time.ts';
import type { Answer } from '../forms/answers.ts';
import type { FillContext } from '../forms/fill-cell.ts';
import { earlierFieldsOf } from '../forms/read-prefilled.ts';
import type { FormSpec } from '../model/form.ts';
import type { FactValue, Instant, Plan } from '../model/plan.ts';
import { lastRowInstant } from '../model/row-dates.ts';
import type { PersonEntry } from '../model/roster.ts';
import { type Queryable, withIdentity } from '../store/pool.ts';
import { tallyIndicators } from '../store/indicators.ts';
import { findHousehold, findPeople, findUnions, PEOPLE_AT_MOST, UNIONS_AT_MOST } from '../store/register.ts';
import type { Run } from '../store/runs.ts';
import { findAcceptedForms } from '../store/submissions.ts';
import { OPERATOR } from './operator.ts';
import type { ClientRoom } from './parts.ts';

/** The people of a run change seldom; forms are checked often. */
const KEPT_MS = 5_000;

interface Directory {
  readonly readAt: number;
  readonly people: ReadonlyMap<string, Pick<PersonEntry, 'id' | 'union' | 'role'>>;
  readonly unions: ReadonlySet<string>;
}

export interface FormDesk {
  contextOf(question: {
    run: Run;
    plan: Plan;
    instance: string;
    union: string | null;
    form: FormSpec;
    /** Whoever hands the form in. */
    author: string | null;
  }): Promise<FillContext>;
}

export function createFormDesk({ appPool, sealer }: Pick<ClientRoom, 'appPool' | 'sealer'>): FormDesk {
  const directories = new Map<string, Directory>();
  return {
    async contextOf({ run, plan, instance, union, form, author }) {
      return await withIdentity(appPool, OPERATOR, async (db) => {
        const { people, unions } = await directoryOf(db, run.id);
        const dateTime = createDateTime(plan.zone);
        const now = campaignNow(run, Date.now());
        const day = (at: Instant): string => dateTime(at).slice(0, 10);
        return {
          today: day(now),
          campaignEnd: day(lastRowInstant({ endsAt: plan.endsAt, now })),
          prefill: instance.startsWith('h/') ? await prefillOf(db, { run: run.id, household: instance.slice(2) }) : {},
          earlier: await earlierOf(db, { run: run.id, instance, form }),
          findPerson: (id) => {
            const person = people.get(id);
            return person === undefined ? undefined : { union: person.union, roles: [person.role] };
          },
          findUnion: (id) => unions.has(id),
          union,
          author,
          people: [...people.values()].map(({ id, union: of, role }) => ({ id, union: of, roles: [role] })),
          unions: [...unions],
          ...(await countsFor(db, { run, plan, union, form, asOf: now })),
        };
      });
    },
  };

  async function directoryOf(db: Queryable, run: string): Promise<Directory> {
    const kept = directories.get(run);
    if (kept !== undefined && kept.readAt > Date.now() - KEPT_MS) return kept;
    const people = await findPeople(db, { run, limit: PEOPLE_AT_MOST });
    const unions = await findUnions(db, { run, limit: UNIONS_AT_MOST });
    const read = {
      readAt: Date.now(),
      people: new Map(people.map((person) => [person.id, person])),
      unions: new Set(unions.map(({ id }) => id)),
    };
    directories.set(run, read);
    return read;
  }

  /** Counted only for forms that compare with a count; one question for all of theirs. */
  async function countsFor(
    db: Queryable,
    { run, plan, union, form, asOf }: { run: Run; plan: Plan; union: string | null; form: FormSpec; asOf: Instant },
  ): Promise<Pick<FillContext, 'countOf'>> {
    const asked = new Set(form.fields.flatMap((field) => (field.type === 'table' ? [] : (field.equals ?? []))));
    if (asked.size === 0) return {};
    const indicators = plan.indicators.filter(({ id }) => asked.has(id));
    const within = union === null ? {} : { union };
    const tally = await tallyIndicators(db, { run: run.id, plan: { indicators, tasks: plan.tasks }, asOf, ...within });
    const counts = new Map(tally.values([]).map(({ indicator, value }) => [indicator, value]));
    return { countOf: (indicator) => counts.get(indicator) ?? null };
  }

  /** Of each task that the form is prefilled from, the answers accepted last. */
  async function earlierOf(
    db: Queryable,
    { run, instance, form }: { run: string; instance: string; form: FormSpec },
  ): Promise<FillContext['earlier']> {
    const templates = [...new Set(earlierFieldsOf(form).map(({ task }) => task))];
    if (templates.length === 0) return {};
    const found = await findAcceptedForms(db, { run, instance, templates }, sealer);
    return Object.fromEntries(
      found.map(({ template, content }) => [template, (JSON.parse(content) as { answers: Record<string, Answer> }).answers]),
    );
  }

  async function prefillOf(
    db: Queryable,
    { run, household }: { run: string; household: string },
  ): Promise<Record<string, FactValue>> {
    const entry = await findHousehold(db, { run, id: household }, sealer);
    return entry === undefined ? {} : { ...entry };
  }
}
