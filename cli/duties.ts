/** What waits for whom in a run, as simulated people hear of it; made of the client's open tasks. */
import type { ShigeyiClient } from '../client/shigeyi.ts';
import type { Instant } from '../model/plan.ts';
import type { Duty } from '../simulator/people.ts';

/** A duty with whom it waits for. */
export interface OpenDuty extends Duty {
  readonly holder: string | null;
  /** Whoever reviews it now, while it is in review. */
  readonly reviewer: string | null;
}

export interface DutyPage {
  /** Opaque: asked with it, the next page holds what changed since. */
  readonly cursor: string;
  readonly duties: readonly OpenDuty[];
}

export const FIRST_CURSOR = '';
/** Of one page; what is more comes with the next. */
const PAGE = 1_000;

type OpenTask = Awaited<ReturnType<ShigeyiClient['openTasksSince']>>['tasks'][number];

/** Duties that changed since the cursor. `heardAt` is campaign time now: from then on they can be acted on. */
export async function findDuties(
  client: Pick<ShigeyiClient, 'openTasksSince'>,
  { run, cursor, heardAt }: { run: string; cursor: string; heardAt: Instant },
): Promise<DutyPage> {
  const page = await client.openTasksSince(run, { cursor, limit: PAGE });
  return { cursor: page.cursor, duties: page.tasks.flatMap((task) => dutyOf(task, heardAt)) };
}

function dutyOf(task: OpenTask, heardAt: Instant): readonly OpenDuty[] {
  const { instance, key, status, openedAt, submittedAt, deadline, reviewDeadline, returns, step, holder, reviewer } = task;
  if (status !== 'open' && status !== 'returned' && status !== 'inReview') return [];
  return [
    {
      instance,
      task: key,
      status,
      openedAt,
      since: sinceOf({ status, step, openedAt, submittedAt, heardAt }),
      deadline: reviewDeadline ?? deadline,
      returns,
      step,
      holder,
      reviewer,
    },
  ];
}

/** When it came to whoever must act now. Returns and later review steps leave no instant of their own. */
function sinceOf({
  status,
  step,
  openedAt,
  submittedAt,
  heardAt,
}: Pick<OpenTask, 'status' | 'step' | 'openedAt' | 'submittedAt'> & { heardAt: Instant }): Instant {
  if (status === 'open') return openedAt;
  return status === 'inReview' && step === 0 && submittedAt !== null ? submittedAt : heardAt;
}
