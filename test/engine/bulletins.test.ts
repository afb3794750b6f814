import { describe, expect, it } from 'vitest';
import type { BulletinTimes, Program } from '../../model/plan.ts';
import type { OutboxBulletin } from '../../model/flush.ts';
import { Played } from './played.ts';
import { beijing, inBeijing, PEOPLE, program } from './program-builder.ts';

const FRIDAYS = ['2020-10-16 16:00', '2020-10-23 16:00', '2020-10-30 16:00'].map(beijing);
const weekly: BulletinTimes = { id: 'weekly', style: 'bulletin', to: 'office', at: FRIDAYS };
const campaign = (over: Partial<Program> = {}, circumstances: ConstructorParameters<typeof Played>[1] = {}): Played =>
  new Played(program({ scope: 'campaign', tasks: [], bulletins: [weekly], ...over }), {
    instance: 'c',
    union: null,
    ...circumstances,
  });
const issued = ({ outbox }: Played): readonly OutboxBulletin[] => outbox.filter((entry) => entry.kind === 'bulletin');

describe('a bulletin', () => {
  it('is waited for', () => expect(campaign().at('2020-10-20 00:00').wake).toBe('2020-10-23 16:00'));
  it('is issued at its instant, and not before', () => {
    const played = campaign().at('2020-10-16 15:59:59.999');
    expect([issued(played).length, issued(played.at('2020-10-16 16:00')).length]).toEqual([0, 1]);
  });
  it('says for whom it is, which one it is, and that it may leave at once', () =>
    expect(issued(campaign().at('2020-10-16 16:00'))).toEqual([
      {
        kind: 'bulletin',
        claim: `bulletin|weekly|${FRIDAYS[0]}`,
        at: FRIDAYS[0],
        cause: 'wake',
        bulletin: 'weekly',
        number: 1,
        role: 'office',
        recipient: 'office-1',
      },
    ]));
  it('is issued once for each instant, each at its own, however late anybody looks', () =>
    expect(issued(campaign().at('2020-12-01 09:00')).map(({ number, at }) => [number, at])).toEqual([
      [1, FRIDAYS[0]],
      [2, FRIDAYS[1]],
      [3, FRIDAYS[2]],
    ]));
  it('stands in the audit', () =>
    expect(campaign().at('2020-10-16 16:00').effects.audit.at(-1)).toMatchObject({
      kind: 'bulletinIssued',
      detail: { bulletin: 'weekly', number: 1, recipient: 'office-1' },
    }));
  it('that was due before the run began is passed over, and keeps its number', () => {
    const played = campaign({}, { at: '2020-10-20 09:00' }).at('2020-10-23 16:00');
    expect(issued(played).map(({ number }) => number)).toEqual([2]);
  });
  it('that falls into quiet hours leaves when they are over', () => {
    const hours = { quiet: { fromMinute: 15 * 60, toMinute: 17 * 60 } };
    expect(issued(campaign({ hours }).at('2020-10-16 16:00'))).toMatchObject([
      { at: FRIDAYS[0], sendAt: beijing('2020-10-16 17:00') },
    ]);
  });
  it('falls to the next post up when its own is vacant', () => {
    const bulletins = [{ ...weekly, to: 'union-head' }];
    expect(issued(campaign({ bulletins }, { roles: { office: 'office-1' } }).at('2020-10-16 16:00'))).toMatchObject([
      { role: 'office', recipient: 'office-1' },
    ]);
  });
  it('is noted and not sent when there is nobody', () => {
    const played = campaign({}, { roles: {} }).at('2020-10-16 16:00');
    expect([issued(played), played.effects.audit.at(-1)?.kind]).toEqual([[], 'bulletinIssued']);
  });
  it('that was due while the run stood still is passed over, and keeps its number', () => {
    const played = campaign().at('2020-10-17 09:00');
    const adjust = (kind: 'pause' | 'resume') =>
      played.send(
        { kind: 'adjust', adjustment: { kind, cause: 'run' }, authority: 'office', reason: 'r' },
        { by: { person: 'office-1', via: 'cli' } },
      );
    adjust('pause');
    played.at('2020-10-24 09:00');
    adjust('resume');
    expect(issued(played.at('2020-12-01 09:00')).map(({ number }) => number)).toEqual([1, 3]);
  });
  it('comes at the instants of an amended definition, and those before the amendment are not made up for', () => {
    const played = campaign().at('2020-10-17 09:00');
    const daily = ['2020-10-15 16:00', '2020-10-16 16:00', '2020-10-17 16:00'].map(beijing);
    played.amend({ ...played.program, bulletins: [{ ...weekly, at: daily }] });
    expect(issued(played.at('2020-12-01 09:00')).map(({ at }) => inBeijing(at))).toEqual([
      '2020-10-16 16:00',
      '2020-10-17 16:00',
    ]);
  });
  describe('that waits for the end of quiet hours while an amendment takes it out', () => {
    const hours = { quiet: { fromMinute: 15 * 60, toMinute: 17 * 60 } };
    const amended = (): { played: Played; bulletins: readonly BulletinTimes[] } => {
      const played = campaign({ hours }).at('2020-10-16 16:10');
      const { bulletins = [], ...without } = played.program;
      played.amend(without);
      return { played, bulletins };
    };
    it('is issued no more', () =>
      expect(issued(amended().played.at('2020-12-01 09:00')).map(({ number }) => number)).toEqual([1]));
    it('is not issued again when another has it back: only what lies ahead is', () => {
      const { played, bulletins } = amended();
      played.at('2020-10-16 16:20').amend({ ...played.program, bulletins });
      expect(issued(played.at('2020-10-23 17:00')).map(({ number, at }) => [number, at])).toEqual([
        [1, FRIDAYS[0]],
        [2, FRIDAYS[1]],
      ]);
    });
  });
  it('is not issued by a closed campaign', () => {
    const played = campaign({}, { roles: PEOPLE });
    played.close();
    expect(issued(played.at('2020-12-01 09:00'))).toEqual([]);
  });
});

describe('a circular', () => {
  it('names nobody: whoever sends it knows who holds the post in each union', () => {
    const bulletins = [{ ...weekly, style: 'circular' as const, to: 'union-head' }];
    expect(issued(campaign({ bulletins }).at('2020-10-16 16:00'))).toMatchObject([{ role: 'union-head', recipient: null }]);
  });
});

describe('of several bulletins at one instant', () => {
  it('the one listed first goes first', () => {
    const bulletins = [
      { ...weekly, id: 'b' },
      { ...weekly, id: 'a' },
    ];
    expect(issued(campaign({ bulletins }).at('2020-10-16 16:00')).map(({ bulletin }) => bulletin)).toEqual(['b', 'a']);
  });
});
