/** What a household costs in history: its events and their bytes. */
import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { workflowIdOf } from '../client/workflow-ids.ts';
import type { Household } from './scenario.ts';

const { EventType } = proto.temporal.api.enums.v1;
const { HistoryEvent } = proto.temporal.api.history.v1;

export interface HistoryFigures {
  readonly events: number;
  /** As the server counts it, which is what its limits are measured against. */
  readonly bytes: number;
  /** In their order, each with the bytes of its own. */
  readonly list: readonly { readonly type: string; readonly bytes: number }[];
}

export async function readHistory(temporal: Client, household: Household): Promise<HistoryFigures> {
  const handle = temporal.workflow.getHandle(workflowIdOf(household));
  const [{ historyLength, historySize = 0 }, { events }] = await Promise.all([handle.describe(), handle.fetchHistory()]);
  const list = (events ?? []).map((event) => ({
    type: EventType[event.eventType ?? 0]!.replace('EVENT_TYPE_', ''),
    bytes: HistoryEvent.encode(event).finish().length,
  }));
  return { events: historyLength, bytes: historySize, list };
}

/** So many, evenly spread over the round: each is the same, or the sample shows that it is not. */
export function sampleOf<Item>(items: readonly Item[], count: number): readonly Item[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, index) => index % step === 0).slice(0, count);
}
