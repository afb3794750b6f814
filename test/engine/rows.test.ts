import { describe, expect, it } from 'vitest';
import type { RowFacts } from '../../model/command.ts';
import type { OutboxAdmission, OutboxCommand } from '../../model/flush.ts';
import type { ProgramTask, RowRule } from '../../model/plan.ts';
import { acceptBy, beijing, endOf, program, rowTask, task } from './program-builder.ts';
import { Played } from './played.ts';

const measure = (row: number, over: Partial<RowFacts> = {}): RowFacts => ({
  table: 'measures',
  row,
  due: '2020-11-10',
  holder: 'cadre-5',
  ...over,
});

/** A household whose aid list has rows, or what `rules` say. */
function household(
  rules: readonly RowRule[] = [{ table: 'measures', task: 'measure', to: 'self' }],
  over: Partial<ProgramTask> = {},
) {
  return new Played(program({ tasks: [task({ id: 'aid-list', rows: rules, ...over }), rowTask({ id: 'measure' })] })).at(
    '2020-10-20 09:00',
  );
}

describe('a row that becomes a task of the same instance', () => {
  const played = household();
  played.complete('aid-list', { id: 'c-list', rows: [measure(1), measure(2, { due: '2020-12-31', holder: 'officer-1' })] });

  it('opens one task for each row', () =>
    expect(Object.keys(played.snapshot.tasks)).toEqual(['aid-list', 'measure:aid-list.1', 'measure:aid-list.2']));
  it('is due on the date in the row', () => expect(played.deadline('measure:aid-list.2')).toBe('2020-12-31 23:59:59.999'));
  it('is held by the person in the row', () => expect(played.task('measure:aid-list.2').holder).toBe('officer-1'));
  it('knows where it came from', () =>
    expect(played.task('measure:aid-list.2').source).toEqual({
      instance: 'h/1',
      task: 'aid-list',
      submission: 'c-list',
      row: 2,
    }));
  it('tells its holder', () =>
    expect(
      played.messages.filter(({ template }) => template === 'measure').map(({ recipient, role }) => [recipient, role]),
    ).toEqual([
      ['cadre-5', 'row'],
      ['officer-1', 'row'],
    ]));
  it('opens when the form is done', () => expect(played.task('measure:aid-list.1').openedAt).toBe(beijing('2020-10-20 09:00')));
});

describe('rows of a form in review', () => {
  const played = household(undefined, { reviews: [acceptBy('union-head')] });
  played.complete('aid-list', { rows: [measure(1)] });

  it('make nothing yet', () => expect(Object.keys(played.snapshot.tasks)).toEqual(['aid-list']));
  it('make nothing when the form is returned', () => {
    played.sendBack('aid-list');
    expect(Object.keys(played.snapshot.tasks)).toEqual(['aid-list']);
  });
  it('make their tasks once it is accepted', () => {
    played.complete('aid-list', { rows: [measure(1), measure(2)] });
    played.accept('aid-list');
    expect(Object.keys(played.snapshot.tasks)).toEqual(['aid-list', 'measure:aid-list.1', 'measure:aid-list.2']);
  });
});

describe('rows', () => {
  it('of a table without a rule make nothing', () => {
    const played = household();
    played.complete('aid-list', { rows: [measure(1, { table: 'members' })] });
    expect(Object.keys(played.snapshot.tasks)).toEqual(['aid-list']);
  });
  it('of two tables that make the same task make a task each', () => {
    const played = household([
      { table: 'measures', task: 'measure', to: 'self' },
      { table: 'promises', task: 'measure', to: 'self' },
    ]);
    played.complete('aid-list', { rows: [measure(1), measure(1, { table: 'promises', holder: 'officer-1' })] });
    expect(Object.values(played.snapshot.tasks).map(({ holder }) => holder)).toEqual(['cadre-1', 'cadre-5', 'officer-1']);
  });
  it('leave a task that a role holds to the role, whoever they name', () => {
    const played = new Played(
      program({
        tasks: [
          task({ id: 'aid-list', rows: [{ table: 'measures', task: 'measure', to: 'self' }] }),
          rowTask({ id: 'measure', holder: { role: 'office' } }),
        ],
      }),
      { roles: { cadre: 'cadre-1' } },
    );
    played.complete('aid-list', { rows: [measure(1)] });
    expect(played.task('measure:aid-list.1').holder).toBeNull();
  });
  it('of a row task make tasks in their turn', () => {
    const played = new Played(
      program({
        tasks: [
          task({ id: 'aid-list', rows: [{ table: 'measures', task: 'measure', to: 'self' }] }),
          rowTask({ id: 'measure', rows: [{ table: 'steps', task: 'step', to: 'self' }] }),
          rowTask({ id: 'step' }),
        ],
      }),
    );
    played.complete('aid-list', { rows: [measure(1), measure(2)] });
    played.complete('measure:aid-list.2', { rows: [measure(1, { table: 'steps' })] });
    expect(played.status('step:measure:aid-list.2.1')).toBe('open');
  });
});

describe('a row that becomes a task of a union', () => {
  const inspection = () => {
    const office = new Played(
      program({
        scope: 'campaign',
        tasks: [
          task({
            id: 'inspect',
            holder: { role: 'office' },
            rows: [{ table: 'findings', task: 'rectify', to: { column: 'union' } }],
          }),
        ],
      }),
      { instance: 'c', union: null },
    ).at('2020-10-20 09:00');
    office.complete('inspect', {
      id: 'c-inspect',
      rows: [1, 2].map((row) => ({ table: 'findings', row, due: '2020-11-10', union: 'u2', holder: 'officer-2' })),
    });
    return office.outbox.filter((entry): entry is OutboxCommand => entry.kind === 'command');
  };

  it('leaves as a command to that union', () =>
    expect(inspection()[0]).toEqual({
      kind: 'command',
      claim: 'spawn|c|inspect|rectify|1',
      at: beijing('2020-10-20 09:00'),
      cause: 'update',
      to: 'u/u2',
      command: {
        kind: 'spawn',
        id: 'spawn|c|inspect|rectify|1',
        template: 'rectify',
        key: 'rectify:c.inspect.1',
        source: { instance: 'c', task: 'inspect', submission: 'c-inspect', row: 1 },
        due: '2020-11-10',
        holder: 'officer-2',
        by: { system: 'relay' },
      },
    }));
  it('has a claim of its own for each row', () =>
    expect(inspection().map(({ claim }) => claim)).toEqual(['spawn|c|inspect|rectify|1', 'spawn|c|inspect|rectify|2']));

  const union = () =>
    new Played(program({ scope: 'union', tasks: [rowTask({ id: 'rectify' })] }), { instance: 'u/u2', union: 'u2' }).at(
      '2020-10-20 09:00',
    );
  const deliver = (played: Played, over: { id?: string } = {}) => {
    const { id, by, ...body } = inspection()[0]!.command;
    return played.send(body, { by, id: over.id ?? id });
  };

  it('opens there under the name of its row', () => {
    const played = union();
    deliver(played);
    expect(played.task('rectify:c.inspect.1')).toMatchObject({
      status: 'open',
      deadline: endOf('2020-11-10'),
      holder: 'officer-2',
    });
  });
  it('is one task when it is relayed twice', () => {
    const played = union();
    expect([deliver(played), deliver(played), Object.keys(played.snapshot.tasks), played.messages.length]).toEqual([
      'open',
      'open',
      ['rectify:c.inspect.1'],
      1,
    ]);
  });
  it('is one task when it is relayed again under another id', () => {
    const played = union();
    deliver(played);
    played.at('2020-10-21 09:00');
    expect([deliver(played, { id: 'again' }), played.task('rectify:c.inspect.1').openedAt, played.messages.length]).toEqual([
      'open',
      beijing('2020-10-20 09:00'),
      1,
    ]);
  });
  it('is not opened again once it is done', () => {
    const played = union();
    deliver(played);
    played.complete('rectify:c.inspect.1');
    expect(deliver(played, { id: 'again' })).toBe('done');
  });
});

describe('a row that admits a household', () => {
  const sweep = (...rows: RowFacts[]) => {
    const union = new Played(
      program({
        scope: 'union',
        tasks: [
          task({
            id: 'sweep',
            holder: { role: 'union-officer' },
            rows: [
              { table: 'found', admits: true, to: 'self' },
              { table: 'moved-in', admits: true, to: 'self' },
            ],
          }),
        ],
      }),
      { instance: 'u/u1', union: 'u1' },
    ).at('2020-10-20 09:00');
    union.complete('sweep', { id: 'c-sweep', rows });
    return union.outbox.filter((entry): entry is OutboxAdmission => entry.kind === 'admission');
  };

  it('asks for the admission, by the place of its words in the submission', () =>
    expect(sweep({ table: 'found', row: 2 })).toMatchObject([
      { union: 'u1', submission: 'c-sweep', table: 'found', row: 2, cause: 'update', at: beijing('2020-10-20 09:00') },
    ]));
  it('may name another union', () => expect(sweep({ table: 'found', row: 1, union: 'u3' })).toMatchObject([{ union: 'u3' }]));
  it('has a claim of its own, also beside the same row of another table', () => {
    const claims = sweep({ table: 'found', row: 1 }, { table: 'found', row: 2 }, { table: 'moved-in', row: 1 }).map(
      ({ claim }) => claim,
    );
    expect(new Set(claims).size).toBe(3);
  });
  it('is not bound by the dates of row tasks', () =>
    expect(sweep({ table: 'found', row: 1, due: '2019-01-01' })).toHaveLength(1));
});
