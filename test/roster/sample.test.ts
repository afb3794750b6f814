import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRoster } from '../../roster/read-roster.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { writeRosterCsv } from '../../roster/write-csv.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';

const CAMPAIGN = join(import.meta.dirname, '../../definitions/linwei-2020');
const asOf = '2020-10-01';
const sample = createSampleRoster({ seed: 62 });
const of = <T, K extends keyof T>(items: readonly T[], key: K) => items.map((item) => item[key]);

describe('the sample register', () => {
  it('ships as a workbook that says what the generator says (else run: node --import tsx scripts/generate-sample.mjs)', async () =>
    expect(await readRoster(join(CAMPAIGN, 'sample-roster.xlsx'), { asOf })).toEqual({ roster: sample, issues: [] }));
  it('ships as text that is what the generator writes, to the letter', async () =>
    await withTemporaryDirectory(async (folder) => {
      await writeRosterCsv(sample, folder);
      const shipped = join(CAMPAIGN, 'sample-roster');
      expect(readdirSync(shipped).toSorted()).toEqual(readdirSync(folder).toSorted());
      for (const file of readdirSync(folder))
        expect(readFileSync(join(shipped, file), 'utf8')).toBe(readFileSync(join(folder, file), 'utf8'));
    }));
  it('is another one for another seed', () => expect(createSampleRoster({ seed: 63 })).not.toEqual(sample));
  it('has as many unions and households as it is asked for', () => {
    const { unions, households } = createSampleRoster({ seed: 1, unions: 3, households: 10, earlier: 2 });
    expect([
      unions.length,
      households.length,
      households.filter(({ enrolment }) => enrolment === 'earlier-lifted').length,
    ]).toEqual([3, 12, 2]);
  });
});

describe('the people of the sample', () => {
  const posts = (role: string) => sample.people.filter((person) => person.role === role);

  it('fill every post', () =>
    expect(['office', 'leading-group', 'union-head', 'inspector'].map((role) => posts(role).length)).toEqual([2, 2, 8, 3]));
  it('are one or two officers and three or four cadres in each union', () => {
    for (const { id } of sample.unions) {
      const count = (role: string) => posts(role).filter(({ union }) => union === id).length;
      expect([1, 2]).toContain(count('union-officer'));
      expect([3, 4]).toContain(count('cadre'));
    }
  });
  it('inspect from different unions and from the district', () => expect(new Set(of(posts('inspector'), 'union')).size).toBe(3));
});

describe('a made-up person', () => {
  const large = createSampleRoster({ seed: 5, unions: 30, households: 20_000, earlier: 2_000 });
  const all = [...large.people, ...large.households];

  it('has a name that nobody has', () => expect(of(all, 'name').every((name) => /^(样例|示例职工)/.test(name))).toBe(true));
  it('has a telephone that rings nowhere, or none', () =>
    expect(of(all, 'phone').every((phone) => /^(100\d{8})?$/.test(phone))).toBe(true));
  it('shares it with nobody', () => {
    const phones = of(all, 'phone').filter((phone) => phone !== '');
    expect(new Set(phones).size).toBe(phones.length);
  });
  it('has an identity number of no region', () =>
    expect(of(large.households, 'idNumber').every((number) => number.startsWith('999999'))).toBe(true));
  it('passes every check of the register, however many there are', async () =>
    await withTemporaryDirectory(async (folder) => {
      await writeRosterCsv(large, folder);
      expect(await readRoster(folder, { asOf })).toEqual({ roster: large, issues: [] });
    }));
  it('is poor for all reasons and on both levels, many deeply', () => {
    const share = (hardshipClass: string) =>
      sample.households.filter((household) => household.hardshipClass === hardshipClass).length / sample.households.length;
    expect(share('deep')).toBeGreaterThan(0.3);
    expect(share('relative')).toBeGreaterThan(0.1);
    expect(share('sudden')).toBeGreaterThan(0.1);
    expect(new Set(of(sample.households, 'fileLevel')).size).toBe(2);
  });
});
