/** What the rows of a form elsewhere made here, when that form is taken back or filled in anew; commands overtake each other. */
import { describe, expect, it } from 'vitest';
import { Played } from './played.ts';
import { program, rowTask } from './program-builder.ts';

const build = () => program({ tasks: [rowTask({ id: 'finding' })] });

describe('rows that are taken back elsewhere', () => {
  const source = { instance: 'u/u2', task: 'sweep', submission: 's1' };
  const despawn = (played: Played, rows = 1) => played.send({ kind: 'despawn', source, rows });
  const KEY = 'finding:u-u2.sweep.1';

  it('are dropped where nobody has worked on them', () => {
    const played = new Played(build());
    played.spawn('finding', { holder: 'cadre-1' });
    expect(despawn(played)).toBe('taken');
    expect(played.status(KEY)).toBe('dropped');
    expect(played.messages.at(-1)).toMatchObject({ task: KEY, purpose: 'undone' });
  });

  it('stand where somebody has', () => {
    const played = new Played(build());
    played.spawn('finding', { holder: 'cadre-1' });
    played.complete(KEY);
    despawn(played);
    expect(played.status(KEY)).toBe('done');
  });

  it('that are still on their way make nothing when they come', () => {
    const played = new Played(build());
    despawn(played);
    played.spawn('finding', { holder: 'cadre-1' });
    expect(played.status(KEY)).toBe('waiting');
    expect(played.snapshot).not.toHaveProperty('takenBack');
  });
});

describe('a row that comes anew before the old one is taken back', () => {
  const KEY = 'finding:u-u2.sweep.1';
  const of = (submission: string) => ({ instance: 'u/u2', task: 'sweep', submission });
  const spawn = (played: Played, again: number, holder: string) =>
    played.send({
      ...{ kind: 'spawn', template: 'finding', key: KEY, due: '2020-11-10', holder },
      source: { ...of(`s${again}`), row: 1, ...(again === 0 ? {} : { reopened: again }) },
    });
  const despawn = (played: Played, again: number, rows = 1) => played.send({ kind: 'despawn', source: of(`s${again}`), rows });
  const expectAnew = (played: Played) => {
    expect(played.task(KEY)).toMatchObject({ status: 'open', holder: 'cadre-2', source: { submission: 's1' } });
    expect(played.snapshot).not.toHaveProperty('takenBack');
  };

  it('takes the place of the old one, which is gone when that is taken back', () => {
    const played = new Played(build());
    spawn(played, 0, 'cadre-1');
    spawn(played, 1, 'cadre-2');
    expect(played.task(KEY)).toMatchObject({ holder: 'cadre-2', deadlineRev: 1 });
    expect(
      played.messages.filter(({ task: about }) => about === KEY).map(({ recipient, purpose }) => [recipient, purpose]),
    ).toEqual([
      ['cadre-1', 'opened'],
      ['cadre-1', 'undone'],
      ['cadre-2', 'opened'],
    ]);
    despawn(played, 0);
    expectAnew(played);
  });

  it('stays when the old one comes after it', () => {
    const played = new Played(build());
    spawn(played, 1, 'cadre-2');
    spawn(played, 0, 'cadre-1');
    despawn(played, 0);
    expectAnew(played);
  });

  it('leaves what is still to be taken back of the old form', () => {
    const played = new Played(build());
    spawn(played, 0, 'cadre-1');
    spawn(played, 1, 'cadre-2');
    despawn(played, 0, 2);
    expect(played.snapshot.takenBack).toEqual({ s0: 1 });
  });

  it('makes nothing where somebody has worked on the old one', () => {
    const played = new Played(build());
    spawn(played, 0, 'cadre-1');
    played.complete(KEY);
    spawn(played, 1, 'cadre-2');
    despawn(played, 0);
    expect(played.task(KEY)).toMatchObject({ status: 'done', holder: 'cadre-1' });
    expect(played.snapshot).not.toHaveProperty('takenBack');
  });
});
