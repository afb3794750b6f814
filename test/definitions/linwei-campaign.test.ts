/** What the district and its unions do in the first campaign, as its definition says, played on the core. */
import { describe, expect, it } from 'vitest';
import { Played } from '../engine/played.ts';
import { getTask, linwei } from './linwei.ts';

const ROLES = { office: 'o1', 'leading-group': 'g1', inspector: 'i1' };
const campaign = (): Played =>
  new Played(linwei.programs.campaign, { instance: 'c', union: null, roles: ROLES, at: '2020-10-13 00:00' }).at(
    '2020-10-13 09:00',
  );
const union = (): Played =>
  new Played(linwei.programs.union, {
    instance: 'u/u1',
    roles: { ...ROLES, 'union-head': 'h1', 'union-officer': 'u1' },
    at: '2020-10-13 00:00',
  });

describe('the campaign', () => {
  it('waits for the end of the evaluation before it sums up and opens the ledger', () => {
    const played = campaign();
    expect(Object.keys(played.snapshot.tasks)).toEqual(['evaluation-closed']);
    played.complete('evaluation-closed');
    expect([played.status('five-year-summary'), played.status('rectification-ledger')]).toEqual(['open', 'open']);
  });

  it('sends each row of the ledger to the union it names, to be done by its own person and day', () => {
    const played = campaign();
    played.complete('evaluation-closed');
    played.complete('rectification-ledger', {
      rows: [{ table: 'ledger', row: 1, due: '2020-11-30', holder: 'u9', union: 'u9' }],
    });
    expect(played.outbox.filter(({ kind }) => kind === 'command')).toMatchObject([
      { to: 'u/u9', command: { kind: 'spawn', template: 'rectification', due: '2020-11-30', holder: 'u9' } },
    ]);
  });

  it('takes no deadline of a row that lies after its end', () => {
    const played = campaign();
    played.complete('evaluation-closed');
    expect(
      played.complete('rectification-ledger', {
        rows: [{ table: 'ledger', row: 1, due: '2021-01-01', holder: 'u9', union: 'u9' }],
      }),
    ).toBe('ROW_DUE_OUT_OF_RANGE');
  });

  it('sums up when every union has, and on 29 December at the latest', () => {
    const early = campaign().at('2020-12-20 09:00');
    expect(early.status('district-summary')).toBe('waiting');
    early.count('district-summary', { version: 1, done: 56, total: 56 });
    expect(early.status('district-summary')).toBe('open');
    expect(campaign().at('2020-12-28 23:59').status('district-summary')).toBe('waiting');
    expect(campaign().at('2020-12-29 00:00').status('district-summary')).toBe('open');
  });

  it('makes what the office is late with known to the leading group, in its daily list alone', () => {
    const messages = campaign()
      .at('2020-10-31 09:00')
      .messages.filter(({ purpose, task }) => purpose === 'escalation' && task === 'evaluation-closed');
    expect(messages.map(({ recipient, digest }) => `${recipient} ${digest}`)).toEqual(['g1 daily']);
  });
});

describe('a union', () => {
  it('gets its tasks phase by phase', () => {
    const opened = (at: string): string[] => Object.keys(union().at(at).snapshot.tasks);
    expect(opened('2020-10-15 23:59')).toEqual([]);
    expect(opened('2020-10-16 00:00')).toEqual(['task-force', 'work-scheme', 'mobilisation-meeting', 'publicity']);
    expect(opened('2020-10-21 00:00').slice(4)).toEqual(['sweep', 'service-platform', 'pairing-scheme']);
    expect(opened('2020-10-29 00:00').slice(7)).toEqual(['long-term-mechanism']);
    expect(opened('2020-12-16 00:00').slice(8)).toEqual(['union-summary', 'union-recheck']);
  });

  it('admits a household for each row of its sweep, once its head has accepted it', () => {
    const played = union().at('2020-10-21 09:00');
    played.complete('sweep', {
      rows: [
        { table: 'found', row: 1 },
        { table: 'found', row: 2 },
      ],
    });
    expect(played.outbox.filter(({ kind }) => kind === 'admission')).toEqual([]);
    played.accept('sweep');
    expect(played.outbox.filter(({ kind }) => kind === 'admission')).toMatchObject([
      { union: 'u1', row: 1 },
      { union: 'u1', row: 2 },
    ]);
  });

  it('may find nobody in its sweep', () => {
    const played = union().at('2020-10-21 09:00');
    played.complete('sweep');
    expect(played.accept('sweep')).toBe('done');
  });

  it('is inspected by whom the office sends, and puts right what is found', () => {
    const played = union().at('2020-11-02 09:00');
    played.spawn('inspection-record', { key: 'inspection-record:c.inspection-teams.1', due: '2020-11-20', holder: 'i7' });
    played.complete('inspection-record:c.inspection-teams.1', {
      rows: [{ table: 'findings', row: 1, due: '2020-12-10', holder: 'u1' }],
    });
    expect(played.assignee('rectification:inspection-record:c.inspection-teams.1.1')).toBe('u1');
    played.complete('rectification:inspection-record:c.inspection-teams.1.1');
    expect(played.assignee('rectification:inspection-record:c.inspection-teams.1.1')).toBe('o1');
  });

  it('counts for the summary of the district once the office has accepted its own', () => {
    const played = union().at('2020-12-20 09:00');
    played.complete('union-summary');
    expect(played.outbox.some(({ kind }) => kind === 'gate')).toBe(false);
    played.accept('union-summary');
    expect(played.outbox.find(({ kind }) => kind === 'gate')).toMatchObject({ gate: 'district-summary' });
  });
});

describe('the contract others rely on', () => {
  it('is these tasks of these scopes', () => {
    const ofScope = (scope: string): string =>
      linwei.plan.tasks
        .filter((task) => task.scope === scope)
        .map(({ id }) => id)
        .join(' ');
    expect(ofScope('campaign')).toBe(
      'evaluation-closed five-year-summary rectification-ledger inspection-teams district-summary campaign-recheck',
    );
    expect(ofScope('union')).toBe(
      'rectification task-force work-scheme responsibility-split mobilisation-meeting publicity sweep service-platform pairing-scheme long-term-mechanism inspection-record union-summary gap union-recheck union-gap',
    );
    expect(ofScope('household')).toBe(
      'verification difficulty-list determination pairing visit aid-list measure lead-unit-contact aid-result safety-net-referral regular-aid look-back prevention continued-aid relapse-aid',
    );
  });

  it('lets nobody inspect their own union', () => {
    const table = linwei.plan.forms['inspection-teams']!.fields[0]!;
    expect(table).toMatchObject({
      columns: expect.arrayContaining([expect.objectContaining({ id: 'inspector', role: 'inspector', union: { not: 'union' } })]),
    });
  });

  it('lets rectifications run to the end of the campaign, though their phase ends in October', () => {
    expect(getTask('rectification')).toMatchObject({ phase: 'review', due: { kind: 'row' }, endsAt: linwei.plan.endsAt });
    expect(getTask('five-year-summary').endsAt).toBe(linwei.plan.phases[0]!.endsAt);
  });

  it('locks nobody out for being late', () => expect(linwei.plan.tasks.every(({ atEnd }) => atEnd === 'late')).toBe(true));

  it('counts how deep hardship on file ends', () => {
    expect(linwei.plan.targets).toMatchObject([
      {
        id: 'deep-cleared',
        counts: [{ id: 'lifted' }, { id: 'relieved' }, { id: 'exited' }, { id: 'neither' }],
        by: ['fileLevel'],
      },
    ]);
    expect(getTask('determination').outcomes).toHaveLength(2);
  });
});
