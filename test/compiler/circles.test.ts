import { describe, expect, it } from 'vitest';
import { issuesFrom } from './tiny.ts';
import { care, visit, visitCodes, visitsWith } from './visits.ts';

const CODE = 'AGAIN_WITHOUT_END';

describe('a task that asks for itself again', () => {
  it('comes up to the tenth time when no condition ends it', () => {
    expect(visitCodes([visit(', outcomes: [{ again: [visit] }]')])).toEqual([CODE]);
    expect(visitCodes([visit(', outcomes: [{ set: { people: 1 }, again: [visit] }]')])).toEqual([CODE]);
  });
  it('ends by an answer', () =>
    expect(visitCodes([visit(', outcomes: [{ when: { outcome: exit }, again: [visit] }]')])).toEqual([]));
  it('ends by its own condition', () =>
    expect(
      visitCodes([
        visit(', outcomes: [{ set: { people: 1 }, again: [care] }]'),
        care('care', 'when: { people: 1 }, outcomes: [{ again: [care] }]'),
      ]),
    ).toEqual([]));
});

describe('tasks that ask for each other again', () => {
  const circle = (more = ''): readonly string[] => [
    visit(', outcomes: [{ again: [aid] }]'),
    care('aid', 'outcomes: [{ again: [talk] }]'),
    care('talk', `outcomes: [{ ${more}again: [visit] }]`),
  ];
  it('are told once, with every step', () => {
    const [found, ...others] = issuesFrom(visitsWith(circle())).filter(({ code }) => code === CODE);
    expect(others).toEqual([]);
    expect(found!.message).toContain('visit → aid → talk → visit');
    expect(found!.related).toHaveLength(2);
  });
  it('end by the condition of one of them', () => expect(visitCodes(circle('when: { outcome: exit }, '))).toEqual([]));
});

describe('tasks in layers, each of which asks for all of the next', () => {
  const LAYERS = 12;
  const WIDTH = 8;
  const layer = (at: number): string => Array.from({ length: WIDTH }, (_, place) => `t${at}-${place}`).join(', ');
  /** The number of ways through them has eleven digits. */
  const layers = (last: string): readonly string[] => [
    visit(),
    ...Array.from({ length: LAYERS * WIDTH }, (_, index) => {
      const at = Math.floor(index / WIDTH);
      const asked = at + 1 < LAYERS ? layer(at + 1) : last;
      return care(`t${at}-${index % WIDTH}`, `outcomes: [{ set: { people: 1 }${asked === '' ? '' : `, again: [${asked}]`} }]`);
    }),
  ];
  it('are no circle', () => expect(visitCodes(layers(''))).not.toContain(CODE));
  it('are one when the last asks for the first', () => {
    const [found] = issuesFrom(visitsWith(layers('t0-0'))).filter(({ code }) => code === CODE);
    expect(found!.message).toContain('t0-0 → t1-0 → ');
    expect(found!.related).toHaveLength(LAYERS - 1);
  });
});
