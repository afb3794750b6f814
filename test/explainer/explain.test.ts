/** An explanation says what a run does: the same deadlines, and the same rungs at the same instants. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import type { Compiled } from '../../compiler/emit.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import type { Opened } from '../../explainer/explain-deadline.ts';
import { explainTask, type TaskExplanation } from '../../explainer/explain-task.ts';
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
