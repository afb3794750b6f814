import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { advanceTo, nextWake } from '../../engine/advance.ts';
import { composeFlush } from '../../engine/flush-rows.ts';
import type { ProgramTask } from '../../model/plan.ts';
import { acceptBy, beijing, dueOn, gate, is, program, rowTask, task } from './program-builder.ts';
import { deepFreeze, Played } from './played.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly rooms: readonly string[];
}

/** What the rooms that decide must be told rather than know. `model` also serves rooms that do wait and do speak a language. */
const RULES: Readonly<Record<string, Rule>> = {
  'the time of day': { pattern: /\bDate\.now\b|\bnew Date\b|\bperformance\b/, rooms: ['engine', 'model', 'simulator'] },
  chance: { pattern: /\bMath\.random\b|\bcrypto\b/, rooms: ['engine', 'model', 'simulator'] },
  timers: { pattern: /\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b/, rooms: ['engine', 'model', 'simulator'] },
  'the modules of Node': {
    pattern: /from '(?:node:|fs'|path'|os')|\brequire\(|\bprocess\./,
    rooms: ['engine', 'model', 'simulator'],
  },
  'waiting for anything': { pattern: /\bawait\b|\basync\b|\bPromise\b/, rooms: ['engine', 'simulator'] },
  'maps of a draft that are not theirs to write to': {
    pattern: /(?:Object\.assign\(|delete )draft\.(?!tasks\b)/,
    rooms: ['engine'],
  },
  'the language of the machine': { pattern: /\bIntl\b|\.toLocale|\.localeCompare/, rooms: ['engine', 'simulator'] },
};

const withoutComments = (source: string): string => source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

const root = join(import.meta.dirname, '../..');
const sourcesOf = (room: string): string[] =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(room, name));

describe('the sources of the core', () => {
  it('are found', () => expect(sourcesOf('engine').length).toBeGreaterThan(10));
  it.each(Object.entries(RULES))('do not know %s', (_, { pattern, rooms }) =>
    expect(
      rooms.flatMap(sourcesOf).filter((file) => pattern.test(withoutComments(readFileSync(join(root, file), 'utf8')))),
    ).toEqual([]),
  );
});

/** Something of everything, so that every function of the core runs on frozen inputs. */
const tasks: readonly ProgramTask[] = [
  task({
    id: 'visit',
    ladder: 'standard',
    due: dueOn('2020-10-22'),
    assigns: { cadre: 'cadre' },
    feeds: ['sum'],
    outcomes: [{ set: { seen: true } }],
  }),
  task({
    id: 'list',
    after: ['visit'],
    reviews: [acceptBy('union-head')],
    rows: [{ table: 'measures', task: 'measure', to: 'self' }],
  }),
  task({ id: 'report', after: ['measure'], when: is('seen', true), rows: [{ table: 'found', admits: true, to: 'self' }] }),
  task({ id: 'closes', atEnd: 'close', gate: gate({ id: 'sum', noLaterThan: beijing('2020-10-20 00:00') }) }),
  rowTask({ id: 'measure', rows: [{ table: 'steps', task: 'step', to: { column: 'union' } }] }),
  rowTask({ id: 'step' }),
];

describe('the core', () => {
  // Modules are strict code: writing to a frozen object throws. `Played` freezes what it passes in and whatever comes back.
  it('leaves everything it is given untouched', () => {
    const household = new Played(program({ scope: 'campaign', tasks }), { facts: { class: 'deep' } }).at('2020-10-16 09:00');
    household.complete('visit', { facts: { cadre: 'cadre-7', class: null } });
    household.complete('list', { rows: [{ table: 'measures', row: 1, due: '2020-11-10', holder: 'cadre-7' }] });
    household.sendBack('list');
    household.complete('list', { rows: [{ table: 'measures', row: 1, due: '2020-11-10', holder: 'cadre-7' }] });
    household.accept('list');
    household.complete('measure:list.1', { rows: [{ table: 'steps', row: 1, due: '2020-11-20', union: 'u2' }] });
    household.complete('report', { rows: [{ table: 'found', row: 1 }] });
    household.spawn('step');
    household.count('sum', { version: 1, done: 1, total: 2 });
    household.send({ kind: 'reflush' });
    household.at('2020-12-01 00:00').close();
    expect(household.audited().concat(household.audited('closes'))).toEqual(
      expect.arrayContaining(['enrolled', 'phaseStarted', 'phaseEnded', 'gateCounted', 'closed', 'taskMissed']),
    );
    const flush = { snapshot: household.snapshot, effects: deepFreeze(household.effects), number: 1, previous: '', full: true };
    expect(() => composeFlush(household.program, flush)).not.toThrow();
  });
  it('gives the same answer to the same question', () => {
    const { program: plan, snapshot } = new Played(program({ scope: 'campaign', tasks }));
    const ask = () => JSON.stringify([advanceTo(plan, snapshot, beijing('2020-12-01 00:00')), nextWake(plan, snapshot)]);
    expect(ask()).toBe(ask());
  });
});
