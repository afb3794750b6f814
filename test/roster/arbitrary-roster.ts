/** Registers of every kind that the checks let pass, with texts that are hard to keep. */
import fc from 'fast-check';
import { fictitiousIdNumber } from '../../model/fictitious.ts';
import type { HouseholdEntry, PersonEntry, Roster, UnionEntry } from '../../model/roster.ts';
import { cleanText, isUnprintable } from '../../roster/cell-text.ts';

const hard = fc.constantFrom(
  '=1+1',
  '+86',
  '-',
  '@甲',
  "'=x",
  "''-",
  '"引"',
  'a,b',
  '_x0041_',
  '𠮷',
  '1',
  '0012',
  '2020-03-05',
  'true',
  '<b>&amp;</b>',
  "'",
);
const words = fc
  .oneof(hard, fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ unit: 'grapheme-composite', maxLength: 20 }))
  .map(cleanText)
  .filter((text) => !isUnprintable(text));
const someWords = words.filter((text) => text !== '');
const id = (prefix: string, at: number): string => `${prefix}-${at}`;
const phone = fc.constantFrom('10000000001', '0913-2000000', '02988888888');
const day = fc
  .date({ min: new Date('2010-01-01'), max: new Date('2020-10-13'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const union = (at: number): fc.Arbitrary<UnionEntry> =>
  fc.record({ id: fc.constant(id('u', at)), name: someWords, kind: fc.constantFrom('township', 'sector', 'direct') });

const person = (at: number, given: Pick<PersonEntry, 'union' | 'role'>): fc.Arbitrary<PersonEntry> =>
  fc.record({ name: someWords, post: words, phone }).map((rest) => ({ id: id('p', at), ...given, ...rest }));

const household = (at: number, unions: readonly UnionEntry[]): fc.Arbitrary<HouseholdEntry> =>
  fc
    .record({
      union: fc.constantFrom(...unions.map((one) => one.id)),
      earlier: fc.boolean(),
      name: someWords,
      sex: fc.constantFrom('male' as const, 'female' as const),
      bornOn: day,
      phone: fc.oneof(phone, fc.constant('')),
      dates: fc.tuple(day, day),
      fileLevel: fc.constantFrom('national' as const, 'tiered' as const),
      hardshipClass: fc.constantFrom('deep' as const, 'relative' as const, 'sudden' as const),
      cause: someWords,
      workplace: words,
      address: someWords,
    })
    .map(({ earlier, bornOn, dates, ...rest }) => {
      const [filedOn, liftedOn] = dates.toSorted();
      return {
        ...rest,
        id: id('h', at),
        enrolment: earlier ? 'earlier-lifted' : 'on-file',
        bornIn: bornOn.slice(0, 7),
        idNumber: fictitiousIdNumber({ bornOn, order: at * 2 + (rest.sex === 'male' ? 1 : 0) }),
        filedOn: filedOn!,
        ...(earlier && { liftedOn: liftedOn! }),
      };
    });

/** Households on file come first, as they do when a register is read. */
export const arbitraryRoster: fc.Arbitrary<Roster> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 6 }))
  .chain(([unions, households]) =>
    fc.tuple(...Array.from({ length: unions }, (_, at) => union(at))).map((list) => ({ unions: list, households })),
  )
  .chain(({ unions, households }) => {
    const posts = unions.flatMap(({ id: of }) =>
      (['union-head', 'union-officer', 'cadre'] as const).map((role) => ({ union: of, role })),
    );
    const all = [...posts, { union: 'district', role: 'office' } as const];
    return fc.record({
      unions: fc.constant(unions),
      people: fc.tuple(...all.map((post, at) => person(at, post))),
      households: fc.tuple(...Array.from({ length: households }, (_, at) => household(at, unions))),
    });
  })
  .filter(({ households }) => households.some(({ enrolment }) => enrolment === 'on-file'))
  .map(({ unions, people, households }) => ({
    unions,
    people,
    households: households.toSorted((a, b) => (a.enrolment < b.enrolment ? 1 : a.enrolment > b.enrolment ? -1 : 0)),
  }));
