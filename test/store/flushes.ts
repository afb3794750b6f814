/** Builders of what an instance writes, with one household and one reference instant. */
import type { Answer } from '../../model/command.ts';
import type { AuditEntry, Flush, OutboxCommand, OutboxMessage, TaskRow } from '../../model/flush.ts';

/** 2020-09-21 09:00 in Shanghai, the campaign's first working morning. */
export const SEP_21 = Date.UTC(2020, 8, 21, 1);
export const DAY = 86_400_000;

export const RUN = 'linwei-2020';
export const HOUSEHOLD = 'h/2001';

export function buildFlush(changes: Partial<Flush> = {}): Flush {
  const number = changes.number ?? 1;
  return {
    run: RUN,
    instance: HOUSEHOLD,
    scope: 'household',
    union: 'xizhen',
    number,
    digest: `state-${number}`,
    status: 'open',
    revision: 1,
    advancedTo: SEP_21,
    nextWake: SEP_21 + DAY,
    facts: { outcome: null },
    factsAtEnrolment: { class: 'deep' },
    roles: { cadre: 'cadre-wu' },
    more: {},
    full: false,
    tasks: [],
    audit: [],
    outbox: [],
    gates: [],
    answers: [],
    ...changes,
  };
}

export function buildTask(changes: Partial<TaskRow> = {}): TaskRow {
  const key = changes.key ?? 'visit';
  return {
    key,
    template: key,
    status: 'open',
    openedAt: SEP_21,
    deadline: SEP_21 + 10 * DAY,
    deadlineRev: 0,
    holder: 'cadre-wu',
    step: 0,
    reviewer: null,
    rung: 0,
    returns: 0,
    submission: null,
    submittedAt: null,
    submittedBy: null,
    settledAt: null,
    decidedBy: null,
    late: false,
    ...changes,
  };
}

export function buildMessage(changes: Partial<OutboxMessage> = {}): OutboxMessage {
  return {
    kind: 'message',
    claim: 'rung|visit|0|first|cadre-wu',
    at: SEP_21,
    cause: 'wake',
    purpose: 'reminder',
    recipient: 'cadre-wu',
    role: 'cadre',
    passedOver: [],
    task: 'visit',
    template: 'visit',
    rung: 'first',
    deadline: SEP_21 + 10 * DAY,
    ...changes,
  };
}

export function buildOutboxCommand(changes: Partial<OutboxCommand> = {}): OutboxCommand {
  return {
    kind: 'command',
    claim: 'spawn|visit|1',
    at: SEP_21,
    cause: 'update',
    to: 'u/xizhen',
    command: {
      id: 'spawn-visit-1',
      by: { system: 'relay' },
      kind: 'spawn',
      template: 'rectify',
      key: 'rectify:visit.1',
      source: { instance: HOUSEHOLD, task: 'visit', submission: 's-1', row: 1 },
      due: '2020-10-10',
      holder: null,
    },
    ...changes,
  };
}

export function buildAudit(changes: Partial<AuditEntry> = {}): AuditEntry {
  return { at: SEP_21, kind: 'taskOpened', task: 'visit', actor: 'time', ...changes };
}

export function buildAnswer(changes: Partial<Answer> = {}): Answer {
  return { command: 's-1', digest: 'command-digest-1', task: 'visit', status: 'done', late: false, at: SEP_21, ...changes };
}
