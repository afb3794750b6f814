/** Tasks that nobody has to do any more, because somebody with the right to says so. */
import { describe, expect, it } from 'vitest';
import type { Adjustment } from '../../model/adjustment.ts';
import type { Program } from '../../model/plan.ts';
import { Played } from './played.ts';
import { acceptBy, is, program, startOf, task } from './program-builder.ts';

const build = (): Program =>
  program({
    tasks: [
      task({ id: 'visit', feeds: ['all-visited'], reviews: [acceptBy('union-officer')] }),
      task({ id: 'list', after: ['visit'] }),
      task({ id: 'photo', repeats: { kind: 'inTurn', times: 3 } }),
      task({ id: 'later', phase: 'second', opensAt: startOf('2020-10-26'), feeds: ['all-later'] }),
      task({ id: 'never', when: is('class', 'deep'), fixed: true }),
    ],
  });
const ask = (played: Played, adjustment: Adjustment, authority = 'office') =>
  played.send({ kind: 'adjust', adjustment, authority, reason: 'r1' }, { by: { person: 'office-1', via: 'cli' } });
const waive = (key: string): Adjustment => ({ kind: 'waive', task: key });
const waived = (key: string): Played => {
  const played = new Played(build());
  expect(ask(played, waive(key))).toBe('taken');
  return played;
};
const told = ({ messages }: Played, last: number): readonly string[] =>
  messages.slice(-last).map(({ purpose, recipient }) => `${purpose} ${recipient}`);

describe('a waived task', () => {
  it('is over, and what comes after it may go on', () => {
    const played = waived('visit');
    expect([played.status('visit'), played.status('list')]).toEqual(['waived', 'open']);
  });

  it('is settled for the gates that count it', () =>
    expect(waived('visit').effects.gates).toContainEqual({ gate: 'all-visited', settled: true }));

  it('is told to whoever holds it, and in review to its reviewer too', () => {
    expect(waived('visit').messages.map(({ purpose, recipient }) => `${purpose} ${recipient}`)).toContain('waived cadre-1');
    const played = new Played(build());
    played.complete('visit');
    ask(played, waive('visit'));
    expect(told(played, 3)).toEqual(['waived cadre-1', 'waived officer-1', 'opened cadre-1']);
    expect(played.task('visit')).not.toHaveProperty('held');
  });

  it('is told to both, when it was delegated', () => {
    const played = new Played(build());
    ask(played, { kind: 'delegate', task: 'visit', to: 'cadre-2' });
    ask(played, waive('visit'));
    expect(told(played, 3).slice(0, 2)).toEqual(['waived cadre-2', 'waived cadre-1']);
  });

  it('stands in the audit with who decided that, under which post and why', () =>
    expect(
      waived('visit')
        .effects.audit.filter(({ task: of }) => of === 'visit')
        .slice(-2),
    ).toMatchObject([
      {
        ...{ kind: 'adjusted', actor: 'office-1', changed: { status: ['open', 'waived'] } },
        detail: { adjustment: 'waive', authority: 'office', reason: 'r1' },
      },
      { kind: 'taskWaived' },
    ]));

  it('takes no form any more', () => expect(waived('visit').complete('visit')).toBe('ALREADY_FINAL'));

  it('that comes up in turn makes room for the next', () => {
    const played = waived('photo');
    expect([played.status('photo'), played.status('photo.2')]).toEqual(['waived', 'open']);
  });

  it('that waits still is over before it has come up, and nobody is told', () => {
    const played = waived('later');
    expect(played.status('later')).toBe('waived');
    expect(played.messages.filter(({ task: key }) => key === 'later')).toEqual([]);
    expect(played.effects.gates).toContainEqual({ gate: 'all-later', settled: true });
    expect(played.at('2020-10-26 00:00').status('later')).toBe('waived');
  });
});

describe('what is not waived', () => {
  it.each([
    ['a task that is not there', 'nothing', 'UNKNOWN_TASK'],
    ['a task that never comes up here', 'never', 'NOT_OPEN_YET'],
    ['a turn before the one before it has come up', 'photo.3', 'NOT_OPEN_YET'],
  ])('is %s', (_what, key, code) => expect(ask(new Played(build()), waive(key))).toBe(code));

  it('is a task that is done', () => {
    const played = new Played(build());
    played.complete('photo');
    expect(ask(played, waive('photo'))).toBe('ALREADY_FINAL');
  });

  it('is anything by whom the definition does not name', () =>
    expect(ask(new Played(build()), waive('visit'), 'union-head')).toBe('NO_AUTHORITY'));
});
