import { describe, expect, it } from 'vitest';
import { beijing, dueOn, dueWithin, endOf, is, program, rowTask, startOf, task } from './program-builder.ts';
import { Played } from './played.ts';

describe('a task that waits for its date', () => {
  const household = () =>
    new Played(program({ tasks: [task({ id: 'visit', opensAt: startOf('2020-10-26'), due: dueOn('2020-11-30') })] }));

  it('is not open a millisecond before', () => expect(household().at('2020-10-25 23:59:59.999').status('visit')).toBe('waiting'));
  it('is open at that instant', () => expect(household().at('2020-10-26 00:00').status('visit')).toBe('open'));
  it('opened at that instant, however late it was asked', () =>
    expect(household().at('2020-11-05 17:00').task('visit').openedAt).toBe(beijing('2020-10-26 00:00')));
  it('tells its holder then', () =>
    expect(household().at('2020-11-05 17:00').messages).toMatchObject([
      {
        purpose: 'opened',
        recipient: 'cadre-1',
        role: 'cadre',
        task: 'visit',
        at: beijing('2020-10-26 00:00'),
        deadline: endOf('2020-11-30'),
        cause: 'wake',
      },
    ]));
  it('is written in the audit with its deadline, its holder and the phase that brought it', () =>
    expect(household().at('2020-10-26 00:00').effects.audit).toContainEqual({
      at: beijing('2020-10-26 00:00'),
      kind: 'taskOpened',
      task: 'visit',
      actor: 'time',
      detail: { deadline: endOf('2020-11-30'), holder: 'cadre-1', phase: 'first' },
    }));
});

describe('a task that waits for another', () => {
  const household = () =>
    new Played(
      program({ tasks: [task({ id: 'visit' }), task({ id: 'aid-list', after: ['visit'], due: dueOn('2020-10-25', 3) })] }),
    );

  it('is not open while the other is', () => expect(household().at('2020-10-20 09:00').status('aid-list')).toBe('waiting'));
  it('opens when the other is done', () => {
    const played = household().at('2020-10-20 09:00');
    played.complete('visit');
    expect(played.task('aid-list').openedAt).toBe(beijing('2020-10-20 09:00'));
  });
  it('opens by the command that finished the other', () => {
    const played = household().at('2020-10-20 09:00');
    played.complete('visit', { id: 'c-visit' });
    expect(played.effects.audit.find(({ kind, task }) => kind === 'taskOpened' && task === 'aid-list')).toMatchObject({
      command: 'c-visit',
      actor: 'cadre-1',
    });
  });
  it('gets notice when the other was done on its last day', () => {
    const played = household().at('2020-10-25 09:00');
    played.complete('visit');
    expect(played.deadline('aid-list')).toBe('2020-10-28 23:59:59.999');
  });
  it('does not open when the other was missed', () => {
    const played = new Played(
      program({ tasks: [task({ id: 'visit', atEnd: 'close' }), task({ id: 'aid-list', after: ['visit'] })] }),
    );
    played.at('2020-12-31 23:59');
    expect([played.status('visit'), played.status('aid-list')]).toEqual(['missed', 'waiting']);
  });
  it('waits for its date too', () => {
    const played = new Played(
      program({ tasks: [task({ id: 'visit' }), task({ id: 'list', after: ['visit'], opensAt: startOf('2020-11-01') })] }),
    );
    played.at('2020-10-20 09:00').complete('visit');
    expect([played.status('list'), played.at('2020-11-01 00:00').status('list')]).toEqual(['waiting', 'open']);
  });
  it('opens in a chain at one instant, in whatever order the plan lists them', () => {
    const played = new Played(
      program({
        tasks: [
          task({ id: 'third', after: ['second'], when: is('set', true) }),
          task({ id: 'second', after: ['first'], when: is('set', true) }),
          task({ id: 'first', outcomes: [{ set: { set: true } }] }),
        ],
      }),
    );
    played.complete('first');
    expect([played.status('second'), played.status('third')]).toEqual(['open', 'waiting']);
    played.complete('second');
    expect(played.status('third')).toBe('open');
  });
});

describe('a task that waits for tasks made by rows', () => {
  const household = () =>
    new Played(
      program({
        tasks: [
          task({ id: 'aid-list', rows: [{ table: 'measures', task: 'measure', to: 'self' }] }),
          rowTask({ id: 'measure' }),
          task({ id: 'report', after: ['measure'], due: dueWithin(3) }),
        ],
      }),
    );
  const row = (row: number) => ({ table: 'measures', row, due: '2020-11-10', holder: 'cadre-1' });

  it('is not open while their source is', () => expect(household().status('report')).toBe('waiting'));
  it('opens with its source when no row made any', () => {
    const played = household();
    played.complete('aid-list');
    expect(played.status('report')).toBe('open');
  });
  it('does not open while any of them is open', () => {
    const played = household();
    played.complete('aid-list', { rows: [row(1), row(2)] });
    played.complete('measure:aid-list.1');
    expect(played.status('report')).toBe('waiting');
  });
  it('opens when the last of them is done', () => {
    const played = household();
    played.complete('aid-list', { rows: [row(1), row(2)] });
    played.complete('measure:aid-list.2');
    played.complete('measure:aid-list.1');
    expect(played.status('report')).toBe('open');
  });
});

describe('a task with a condition', () => {
  const household = (facts = {}) =>
    new Played(
      program({ tasks: [task({ id: 'visit' }), task({ id: 'exit-form', when: is('class', 'lifted'), due: dueWithin(2) })] }),
      { facts },
    );

  it('opens at its date when the condition holds', () => expect(household({ class: 'lifted' }).status('exit-form')).toBe('open'));
  it('waits while it does not', () =>
    expect(household({ class: 'deep' }).at('2020-12-01 00:00').status('exit-form')).toBe('waiting'));
  it('opens when facts change so that it holds', () => {
    const played = household({ class: 'deep' }).at('2020-10-20 09:00');
    played.complete('visit', { facts: { class: 'lifted' } });
    expect([played.status('exit-form'), played.deadline('exit-form')]).toEqual(['open', '2020-10-22 23:59:59.999']);
  });
  it('stays open when the condition holds no longer', () => {
    const played = household({ class: 'lifted' });
    played.complete('visit', { facts: { class: 'deep' } });
    expect(played.status('exit-form')).toBe('open');
  });
});

describe('the holder of a task', () => {
  const visit = program({ tasks: [task({ id: 'visit' })] });

  it('is whoever fills the post', () => expect(new Played(visit).task('visit').holder).toBe('cadre-1'));
  it('is the next one up when the post is vacant', () =>
    expect(new Played(visit, { roles: { 'union-head': 'head-1' } }).task('visit').holder).toBe('head-1'));
  it('is told with the posts that were passed over', () =>
    expect(new Played(visit, { roles: { 'union-head': 'head-1' } }).messages).toMatchObject([
      { recipient: 'head-1', role: 'union-head', passedOver: ['cadre', 'union-officer'] },
    ]));
  it('is nobody when every post is vacant, and the task opens all the same', () => {
    const played = new Played(visit, { roles: {} });
    expect([played.status('visit'), played.task('visit').holder, played.messages]).toEqual(['open', null, []]);
  });
  it('being nobody is written in the audit', () =>
    expect(new Played(visit, { roles: {} }).effects.audit).toContainEqual({
      at: beijing('2020-10-13 00:00'),
      kind: 'nobodyToTell',
      task: 'visit',
      actor: 'time',
      detail: { purpose: 'opened', role: 'cadre', rung: null },
    }));
});
