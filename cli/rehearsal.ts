/** The people of a rehearsal at work: hears of duties, waits for the moment each is done, and does it as a person would, through the client. */
import { createHash } from 'node:crypto';
import { Invalid, Refused } from '../client/client-error.ts';
import type { ShigeyiClient } from '../client/shigeyi.ts';
import type { Answers } from '../forms/answers.ts';
import { FormNotFillable, fillForm, type Wishes } from '../forms/fill-form.ts';
import type { FormIssue } from '../forms/form-issue.ts';
import { campaignTime, type Clock } from '../model/clock.ts';
import type { Instant } from '../model/plan.ts';
import { type Act, Agenda } from '../simulator/agenda.ts';
import type { Habits } from '../simulator/people.ts';
import { createRandom } from '../simulator/random.ts';
import { FIRST_CURSOR, findDuties, type OpenDuty } from './duties.ts';
import { isUnreachable } from './failure.ts';

export type RehearsalClient = Pick<ShigeyiClient, 'complete' | 'review' | 'openTasksSince' | 'form'>;

export interface RehearsalOptions {
  readonly client: RehearsalClient;
  readonly run: string;
  readonly clock: Clock;
  readonly seed: number;
  readonly habits: Habits;
  /** What they tend to answer, by form. */
  readonly wishes?: Readonly<Record<string, Wishes>>;
  /** The campaign's end. */
  readonly endsAt: Instant;
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Asked before each round: the run is closed, or the rehearsal is called off. */
  isOver(): boolean;
  /** Kept up to date while the rehearsal goes on. */
  readonly tally: Tally;
}

export interface Tally {
  completed: number;
  accepted: number;
  returned: number;
  /** Duties that nobody ever does. */
  left: number;
  /** Still to be done, as far as is known. */
  planned: number;
  /** The longest time between the moment meant and the moment of acting, in campaign milliseconds: how far the machine is behind the clock. */
  behindMs: number;
  /** Acts refused, by code: something had moved meanwhile. */
  readonly refusals: Record<string, number>;
  /** Times a part was away and the same was asked again. */
  retries: number;
  /** The first error that nobody foresaw. */
  bug: unknown;
}

export const emptyTally = (): Tally => ({
  completed: 0,
  accepted: 0,
  returned: 0,
  left: 0,
  planned: 0,
  behindMs: 0,
  refusals: {},
  retries: 0,
  bug: undefined,
});

/** People at work at the same time. */
const HANDS = 16;
/** How often they look whose turn it is, and how often they hear what is new: a question to the database. */
const ROUND_MS = 50;
const LISTEN_MS = 250;
const RETRY_MS = 500;

/** Goes on until it is over, and lets everybody finish what they have in hand. */
export async function rehearse(options: RehearsalOptions): Promise<void> {
  const { client, run, clock, seed, habits, endsAt, tally, isOver, now, sleep } = options;
  const campaignNow = (): Instant => campaignTime(clock, { real: now(), advancedTo: 0 });
  const agenda = new Agenda<OpenDuty>({ seed, habits, endsAt });
  const inHand = new Set<Promise<void>>();
  let cursor = FIRST_CURSOR;
  let listenedAt = Number.NEGATIVE_INFINITY;
  while (!isOver()) {
    if (now() - listenedAt >= LISTEN_MS) {
      listenedAt = now();
      const page = await untilReachable(options, () => findDuties(client, { run, cursor, heardAt: campaignNow() }));
      if (page === undefined) break;
      cursor = page.cursor;
      for (const duty of page.duties) agenda.note(duty);
    }
    for (const act of agenda.takeDue(campaignNow(), HANDS - inHand.size)) {
      tally.behindMs = Math.max(tally.behindMs, Math.round(campaignNow() - act.at));
      const work = perform(act, options).finally(() => inHand.delete(work));
      inHand.add(work);
    }
    tally.left = agenda.left;
    tally.planned = agenda.planned;
    await Promise.race([...inHand, sleep(ROUND_MS)]);
  }
  await Promise.all(inHand);
}

/** One act, whatever comes of it: a refusal is part of life and counted, a part that is away is asked again. */
async function perform(act: Act<OpenDuty>, options: RehearsalOptions): Promise<void> {
  const { tally } = options;
  try {
    // Prepared once: asked again with the same id, the same must be said.
    const send = await untilReachable(options, () => prepare(act, options));
    if (send !== undefined) await untilReachable(options, send);
  } catch (error) {
    const code =
      error instanceof Refused
        ? error.refusal.code
        : error instanceof Invalid
          ? error.code
          : error instanceof FormNotFillable
            ? 'FORM_NOT_FILLABLE'
            : undefined;
    if (code === undefined) tally.bug ??= error;
    else tally.refusals[code] = (tally.refusals[code] ?? 0) + 1;
  }
}

type Send = () => Promise<void>;
const nothingToSend: Send = () => Promise.resolve();

async function prepare(act: Act<OpenDuty>, options: RehearsalOptions): Promise<Send> {
  const { duty } = act;
  const person = act.act === 'complete' ? duty.holder : duty.reviewer;
  // Every post up the chain is vacant: nobody is there to act.
  if (person === null) return nothingToSend;
  const occasion = {
    task: `${duty.instance}/${duty.task}`,
    person,
    key: `${duty.instance}/${duty.task}/${duty.status}/${duty.returns}/${duty.step}`,
  };
  return act.act === 'complete' ? await prepareCompletion(duty, occasion, options) : prepareReview(act.act, occasion, options);
}

interface Occasion {
  readonly task: string;
  readonly person: string;
  readonly key: string;
}

function prepareReview(
  act: 'accept' | 'return',
  { task, person, key }: Occasion,
  { client, run, tally }: RehearsalOptions,
): Send {
  const decision = act === 'accept' ? ({ accept: true } as const) : { returnFor: '示例：请补充完整后重新提交' };
  return async () => {
    await client.review({ run, task, person, via: 'rehearsal', decision, id: idOf(`${run}/${key}`) });
    if (act === 'accept') tally.accepted += 1;
    else tally.returned += 1;
  };
}

async function prepareCompletion(
  duty: OpenDuty,
  { task, person, key }: Occasion,
  { client, run, clock, seed, wishes = {}, now, tally }: RehearsalOptions,
): Promise<Send> {
  const write = async (): Promise<Answers> => {
    const { form, context } = await client.form(run, task);
    return fillForm(form, context, createRandom(seed, `${key}/answers`), wishes[form.id]);
  };
  const answers = await write();
  const late = campaignTime(clock, { real: now(), advancedTo: 0 }) > duty.deadline;
  const reason = { lateReason: '示例：入户时户主外出，改日补办' };
  const completion = { run, task, person, via: 'rehearsal', answers } as const;
  return async () => {
    try {
      await client.complete({ ...completion, ...(late ? reason : {}), id: idOf(`${run}/${key}`) });
    } catch (error) {
      // What it counts was changed by others while it was written: counted once more, and handed in at once.
      if (isCountedOtherwise(error)) {
        await client.complete({ ...completion, ...reason, answers: await write(), id: idOf(`${run}/${key}/counted`) });
        tally.completed += 1;
        return;
      }
      // The deadline passed while the form was on its way. Told so, a person adds the reason and hands it in again: another command.
      if (late || !(error instanceof Refused) || error.refusal.code !== 'LATE_REASON_REQUIRED') throw error;
      await client.complete({ ...completion, ...reason, id: idOf(`${run}/${key}/late`) });
    }
    tally.completed += 1;
  };
}

function isCountedOtherwise(error: unknown): boolean {
  if (!(error instanceof Invalid) || error.code !== 'FORM_INVALID') return false;
  return (error.details as readonly FormIssue[]).every(({ code }) => code === 'COUNT_DIFFERS');
}

/** Asks again with the same ids until a part that is away is back; undefined when the rehearsal was over first. */
async function untilReachable<T>({ isOver, sleep, tally }: RehearsalOptions, ask: () => Promise<T>): Promise<T | undefined> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      tally.retries += 1;
      if (isOver()) return undefined;
      await sleep(RETRY_MS);
    }
  }
}

/** The same occasion has the same command id, so that asking again changes nothing. Shaped as a UUID. */
function idOf(occasion: string): string {
  const hex = createHash('sha256').update(occasion).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
