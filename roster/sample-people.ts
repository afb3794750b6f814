/** The people of a made-up register: each post filled, and inspectors who do not all belong to one union. */
import { fictitiousPhone } from '../model/fictitious.ts';
import type { PersonEntry, UnionEntry } from '../model/roster.ts';
import type { Chance } from './chance.ts';
import { FEDERATION } from './register.ts';

type Post = Pick<PersonEntry, 'id' | 'union' | 'role' | 'post'>;

/** For each union a head, one or two officers and three or four cadres; for the federation an office, a leading group and an inspector. */
export function createSamplePeople(unions: readonly UnionEntry[], chance: Chance): readonly PersonEntry[] {
  const ofUnions = unions.flatMap(({ id: union }, index): Post[] => {
    const officers = index % 3 === 0 ? 2 : 1;
    return [
      { id: `${union}-head`, union, role: 'union-head', post: '工会主席' },
      ...numbered(
        officers,
        (number): Post => ({ id: `${union}-officer-${number}`, union, role: 'union-officer', post: '工会干事' }),
      ),
      ...numbered(
        3 + chance.whole(2),
        (number): Post => ({ id: `${union}-cadre-${number}`, union, role: 'cadre', post: '结对帮扶干部' }),
      ),
      // The second and the fifth union lend an inspector; nobody inspects their own union, so one from a single union would not do.
      ...(index % 3 === 1 && index < 6
        ? [{ id: `${union}-inspector`, union, role: 'inspector', post: '督查组成员' } as const]
        : []),
    ];
  });
  return [...FEDERATION_POSTS, ...ofUnions].map((post, index) => ({
    ...post,
    name: `样例${serialName(index)}`,
    phone: fictitiousPhone(index),
  }));
}

const FEDERATION_POSTS: readonly Post[] = [
  { id: 'office-1', union: FEDERATION.id, role: 'office', post: '办公室主任' },
  { id: 'office-2', union: FEDERATION.id, role: 'office', post: '办公室干事' },
  { id: 'leader-1', union: FEDERATION.id, role: 'leading-group', post: '组长' },
  { id: 'leader-2', union: FEDERATION.id, role: 'leading-group', post: '副组长' },
  { id: 'inspector-1', union: FEDERATION.id, role: 'inspector', post: '督查组组长' },
];

const STEMS = [...'甲乙丙丁戊己庚辛壬癸'];

/** 甲 for 0, 癸 for 9, 乙甲 for 10: nobody is called so, and everybody sees why. */
export function serialName(index: number): string {
  return [...String(index)].map((digit) => STEMS[Number(digit)]!).join('');
}

function numbered(count: number, make: (number: number) => Post): readonly Post[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}
