/** An explanation says what a run does: the same deadlines, and the same rungs at the same instants. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import type { Compiled } from '../../compiler/emit.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import type { Opened } from '../../explainer/explain-deadline.ts';
import { explainTask, type TaskExplanation } from '../../explainer/explain-task.ts';
import { formatExplanation } from '../../explainer/explain-text.ts';
import { readKey } from '../../model/task-key.ts';
import { findDay } from '../../model/day-table.ts';
import { admittedHousehold } from '../../roster/admission.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { createVirtualStage } from '../../scenarios/virtual-stage.ts';

const DAY = 86_400_000;
const shipped = readdirSync('definitions', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['invalid', 'calendars'].includes(entry.name))
  .map(({ name }) => join('definitions', name));

function compiledOf(path: string): Compiled {
  const compiled = compileDefinition(readDefinition(path));
  if (!('plan' in compiled)) throw new Error(`${path} does not compile`);
  return compiled;
}

const explain = ({ plan, programs }: Compiled, id: string, opened: Opened): TaskExplanation => {
  const task = plan.tasks.find((each) => each.id === id)!;
  return explainTask({ plan, program: programs[task.scope] }, task, opened);
};

describe.each(shipped)('the tasks of %s', (path) => {
  const compiled = compiledOf(path);
  const { plan, programs } = compiled;

  it('have the deadlines and rungs that a run gives them when nobody does anything', async () => {
    const stage = createVirtualStage({
      plan,
      programs,
      roster: createSampleRoster({ seed: 1, unions: 1, households: 1, earlier: 1 }),
      run: 'silence',
      startsAt: plan.startsAt - DAY,
      admit: admittedHousehold,
    });
    for (let wake = await stage.nextWake(); wake !== null; wake = await stage.nextWake()) await stage.advance(wake);
    const spoken = await stage.spoken();
    const tasks = await stage.tasks();
    expect(tasks.length).toBeGreaterThan(0);
    for (const { instance, key, template, openedAt, deadline } of tasks) {
      const { due, rungs } = explain(compiled, template, { openedAt, occurrence: readKey(key).occurrence });
      expect(due.deadline, `${instance}/${key}`).toBe(deadline);
      expect(rungs.filter(({ fate }) => fate === 'speaks').map(({ rung, at }) => `${rung} ${at}`)).toEqual(
        spoken.filter((each) => each.instance === instance && each.task === key).map(({ rung, at }) => `${rung} ${at}`),
      );
    }
  });

  it('have every counted day explained: the working ones numbered without a gap, the others skipped', () => {
    const { working } = programs.campaign.days;
    for (const { id } of plan.tasks) {
      const { due, rungs } = explain(compiled, id, { openedAt: plan.startsAt, rowDue: '2026-01-15' });
      for (const counted of [due.counted, ...rungs.map((rung) => rung.counted)]) {
        for (const day of counted) {
          const isWorking = working[findDay(programs.campaign.days, day.date)!] === '1';
          expect([day.working, day.count !== null], `${id} ${day.date}`).toEqual([isWorking, isWorking]);
        }
        const numbers = counted.flatMap(({ count }) => count ?? []);
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }
      for (const { workingDays, counted } of rungs)
        if (counted.length > 0) expect(counted.filter(({ working: is }) => is)).toHaveLength(Math.abs(workingDays!));
    }
  });
});

describe('the explanation', () => {
  const linwei = compiledOf('definitions/linwei-2020');
  const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

  it('gives notice to what opens on its last day, and says that it does', () => {
    const { due } = explain(linwei, 'visit', { openedAt: at('2020-10-28 10:00') });
    expect(due).toMatchObject({ rule: 'notice', date: '2020-11-02', workingDays: 3 });
    expect(due.counted.filter(({ working }) => !working).map(({ date }) => date)).toEqual(['2020-10-31', '2020-11-01']);
  });

  it('says which rungs fall before the opening and are never sent', () => {
    const { rungs } = explain(linwei, 'visit', { openedAt: at('2020-10-27 12:00') });
    expect(rungs.filter(({ fate }) => fate === 'dropped').map(({ rung }) => rung)).toEqual([
      'three-days-before',
      'one-day-before',
    ]);
  });

  it('takes the day that a row names', () =>
    expect(explain(linwei, 'measure', { openedAt: at('2020-11-02 09:00'), rowDue: '2020-11-20' }).due).toMatchObject({
      rule: 'row',
      date: '2020-11-20',
    }));

  it('names what makes a row task, what waits for a task, and which of its conditions read the answers', () => {
    const measure = explain(linwei, 'measure', { openedAt: at('2020-11-02 09:00'), rowDue: '2020-11-20' });
    expect(measure.opening.madeBy.map(({ task, table }) => `${task.id}/${table.id}`)).toEqual(['aid-list/measures']);
    expect(measure.effects.unblocks.map(({ id }) => id)).toEqual(['aid-result']);
    const determination = explain(linwei, 'determination', { openedAt: at('2020-10-22 09:00') });
    expect(determination.reviews.map(({ when }) => when!.words)).toEqual(
      Array(2).fill('outcome is exit 应退则退 (Exit), or classChanged is yes'),
    );
  });
});

describe('the explanation of a deadline that is counted from something', () => {
  const aid = compiledOf('definitions/mutual-aid-2026');
  const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
  const openedAt = at('2026-09-14 00:00');
  const textOf = (compiled: Compiled, id: string, opened: Opened): string =>
    formatExplanation(explain(compiled, id, opened), (instant) =>
      new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' '),
    );

  it('says what it waits for, and what it is until that is known', () => {
    const { due } = explain(aid, 'meeting', { openedAt });
    expect(due).toMatchObject({
      rule: 'phase-end',
      date: '2026-09-24',
      anchor: { words: 'the date of meetingOn', at: null, moves: true },
    });
    expect(textOf(aid, 'meeting', { openedAt })).toContain(
      'Once meetingOn is known, it is due 1 working day after the date of meetingOn, at 12:00; until then at the end of phase inform.',
    );
  });
  it('counts the days from it, with what is skipped and why', () => {
    const { due } = explain(aid, 'meeting', { openedAt, anchoredAt: at('2026-09-18 00:00') });
    expect(due).toMatchObject({ rule: 'from', deadline: at('2026-09-20 12:00') });
    const [saturday] = explain(aid, 'meeting', { openedAt, anchoredAt: at('2026-09-25 00:00') }).due.counted;
    expect(saturday).toMatchObject({ date: '2026-09-26', skipped: 'weekend' });
  });
  it('says when it would have been over before the opening, and that there is notice then', () =>
    expect(explain(aid, 'meeting', { openedAt: at('2026-09-22 09:00'), anchoredAt: at('2026-09-15 00:00') }).due).toMatchObject({
      rule: 'notice',
      date: '2026-09-23',
    }));
  it('says the time of day of a fixed one', () =>
    expect(textOf(aid, 'payment', { openedAt: at('2026-09-28 00:00') })).toContain(
      'The rule: 2026-10-12 at 17:00, which the definition names.',
    ));
  it('shows the time of a reviewer, who is told meanwhile, and when quiet hours hold that back', () => {
    const winter = compiledOf('definitions/winter-visits-2026');
    const { reviews, returns } = explain(winter, 'money-plan', { openedAt: at('2025-12-15 00:00') });
    expect(reviews.map(({ time }) => time?.date ?? null)).toEqual([null, '2025-12-17']);
    expect(reviews[1]!.time!.rungs.map(({ rung, sendAt }) => [rung, sendAt])).toEqual([
      ['review-due', null],
      ['review-overdue', at('2025-12-18 07:30')],
    ]);
    expect(returns).toMatchObject({ atMost: 3, within: { unit: 'workingDays', count: 2 } });
  });
  it('tells how often a rung says it again', () =>
    expect(
      textOf(compiledOf('definitions/winter-visits-2026'), 'survey-household', { openedAt: at('2025-12-15 00:00') }),
    ).toContain('again every week while it is not finished, 4 times at most: 2026-01-05 10:00, 2026-01-12 10:00'));
  it('names what holds an earlier phase open', () => {
    const winter = compiledOf('definitions/winter-visits-2026');
    expect(explain(winter, 'union-account', { openedAt: at('2026-02-24 00:00') }).opening.heldBy.map(({ id }) => id)).toEqual([
      'objection-check',
    ]);
    expect(textOf(winter, 'objection-check', { openedAt: at('2025-12-29 00:00') })).toContain('it holds phase prepare open');
  });
});
