/** A made-up register: the shape of a real one, and nobody in it. Names say so, telephones ring nowhere, identity numbers belong to no region. */
import { dateOfEpochDay, epochDay } from '../model/day-table.ts';
import { fictitiousIdNumber, fictitiousPhone } from '../model/fictitious.ts';
import type { FileLevel, HardshipClass, HouseholdEntry, Roster, UnionEntry, UnionKind } from '../model/roster.ts';
import { createChance, type Chance } from './chance.ts';
import { createSamplePeople, serialName } from './sample-people.ts';

export interface SampleSize {
  readonly seed: number;
  readonly unions?: number;
  /** On file. */
  readonly households?: number;
  /** Lifted in an earlier year. */
  readonly earlier?: number;
}

/** The same for the same arguments. All dates lie before October 2020. At most 99,999 households in all. */
export function createSampleRoster({ seed, unions = 8, households = 120, earlier = 24 }: SampleSize): Roster {
  const chance = createChance(seed);
  const list = Array.from({ length: unions }, (_, index) => createUnion(index));
  const people = createSamplePeople(list, chance);
  const serials = Array.from({ length: households + earlier }, (_, index) => index);
  return {
    unions: list,
    people,
    households: serials.map((serial) =>
      createHousehold({
        serial,
        union: list[serial % list.length]!.id,
        earlier: serial >= households,
        firstPhone: people.length,
        chance,
      }),
    ),
  };
}

/** As a scenario says it. */
export interface ScenarioSize {
  readonly seed?: number | undefined;
  readonly unions: number;
  readonly households: number;
  readonly earlier?: number | undefined;
  readonly later?: number | undefined;
}

/** A register for a scenario: `later` of its households, the last of those on file, are not in it when the run begins. */
export function createScenarioRegister({ seed = 1, earlier = 0, later = 0, unions, households }: ScenarioSize): {
  readonly roster: Roster;
  readonly later: readonly HouseholdEntry[];
} {
  const roster = createSampleRoster({ seed, earlier, unions, households: households + later });
  const isLater = (_household: HouseholdEntry, serial: number): boolean => serial >= households && serial < households + later;
  return {
    roster: { ...roster, households: roster.households.filter((household, serial) => !isLater(household, serial)) },
    later: roster.households.filter(isLater),
  };
}

const KINDS: readonly { readonly kind: UnionKind; readonly word: string }[] = [
  { kind: 'township', word: '街道' },
  { kind: 'sector', word: '系统' },
  { kind: 'direct', word: '企业' },
];

function createUnion(index: number): UnionEntry {
  const { kind, word } = KINDS[index % KINDS.length]!;
  return { id: `union-${String(index + 1).padStart(2, '0')}`, name: `示例${serialName(index)}${word}工会`, kind };
}

const CAUSES: Readonly<Record<HardshipClass, readonly string[]>> = {
  deep: ['本人重病，长期治疗', '家人残疾，需专人照料', '单亲家庭，无稳定收入', '失业多年，患慢性病'],
  relative: ['子女就学负担重', '收入低，赡养老人', '企业停产，收入减少'],
  sudden: ['突发火灾', '交通事故', '家人突发疾病'],
};
// Deep hardship is what the campaign is about, so nearly half of the sample has it.
const CLASSES: readonly HardshipClass[] = [
  'deep',
  'deep',
  'deep',
  'deep',
  'relative',
  'relative',
  'relative',
  'sudden',
  'sudden',
];
const LEVELS: readonly FileLevel[] = ['national', 'national', 'national', 'tiered', 'tiered'];

interface HouseholdSeed {
  readonly serial: number;
  readonly union: string;
  readonly earlier: boolean;
  /** People of the register have the numbers before it. */
  readonly firstPhone: number;
  readonly chance: Chance;
}

function createHousehold({ serial, union, earlier, firstPhone, chance }: HouseholdSeed): HouseholdEntry {
  const number = String(serial + 1).padStart(3, '0');
  const sex = chance.pick(['male', 'female'] as const);
  const bornOn = birthDate(serial, chance);
  const hardshipClass = chance.pick(CLASSES);
  const filedOn = dayAfter('2014-01-01', chance.whole(earlier ? 900 : 2_400));
  return {
    id: `${earlier ? 'e' : 'h'}-${number}`,
    union,
    enrolment: earlier ? 'earlier-lifted' : 'on-file',
    name: `示例职工${number}`,
    sex,
    bornIn: bornOn.slice(0, 7),
    // Odd orders are men's. Of those born on one day no two share an order: see birthDate.
    idNumber: fictitiousIdNumber({ bornOn, order: (serial % 500) * 2 + (sex === 'male' ? 1 : 0) }),
    phone: chance.whole(20) === 0 ? '' : fictitiousPhone(firstPhone + serial),
    filedOn,
    fileLevel: chance.pick(LEVELS),
    hardshipClass,
    cause: chance.pick(CAUSES[hardshipClass]),
    workplace: chance.whole(3) === 0 ? '' : `示例单位${chance.whole(30) + 1}`,
    address: `示例街道示例社区${chance.whole(40) + 1}号楼${chance.whole(6) + 1}单元`,
    ...(earlier && { liftedOn: dayAfter(filedOn, 200 + chance.whole(900)) }),
  };
}

/** From 1958 on. Serials that share an order are 500 apart and are given days of different remainders, so no identity number comes twice. */
function birthDate(serial: number, chance: Chance): string {
  return dayAfter('1958-01-01', chance.whole(65) * 200 + (Math.floor(serial / 500) % 200));
}

function dayAfter(date: string, days: number): string {
  return dateOfEpochDay(epochDay(date)! + days);
}
