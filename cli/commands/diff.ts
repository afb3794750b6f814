import { z } from 'zod';
import { THINGS } from '../../explainer/describe-plan.ts';
import { type AspectChange, type Change, diffPlans } from '../../explainer/diff-plans.ts';
import { defineCommand, SET_OPTION } from '../command.ts';
import { compileOrRefuse } from '../definition.ts';
import { EXIT } from '../failure.ts';
import { counted } from '../counted.ts';

const Diff = z.strictObject({
  before: z.string().describe("the old plan's hash"),
  after: z.string().describe("the new plan's hash"),
  same: z.boolean().describe('nothing changes for people'),
  changes: z
    .array(
      z.strictObject({
        about: z.enum(THINGS),
        id: z.string().describe('of rungs `ladder/rung`, of fields `form/field` and `form/table.column`'),
        title: z.string(),
        kind: z.enum(['added', 'removed', 'changed']),
        aspects: z
          .array(
            z.strictObject({
              what: z.string(),
              before: z.string().nullable(),
              after: z.string().nullable(),
              movedDays: z.int().exactOptional().describe('of days; negative is earlier'),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
});

export const diffCommand = defineCommand({
  name: 'diff',
  summary: 'Says what a new version of a definition changes for people.',
  about:
    'Tasks that come and go, days that move, other holders, reviewers, rungs and forms; not how the files are written. A difference is no failure.',
  arguments: {
    old: { kind: 'required', about: 'The definition as it was.' },
    new: { kind: 'required', about: 'The definition as it shall be.' },
  },
  options: { set: { ...SET_OPTION, about: `${SET_OPTION.about} Of the new one only.` } },
  answer: Diff,
  examples: ['diff definitions/linwei-2020 my-copy', 'diff plan plan --set year=2027', 'diff old new --json'],
  run({ arguments: { old: from, new: to }, options: { set } }, { host, answer }) {
    const [before, after] = [compileOrRefuse(host, { path: from }), compileOrRefuse(host, { path: to, set })];
    const changes = diffPlans(
      { plan: before.plan, days: before.programs.campaign.days },
      { plan: after.plan, days: after.programs.campaign.days },
    );
    const found = { before: before.hash, after: after.hash, same: changes.length === 0, changes };
    answer(found, () => formatChanges(changes));
    return Promise.resolve(EXIT.done);
  },
});

function formatChanges(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Nothing changes for people.';
  const count = (kind: Change['kind']): number => changes.filter((each) => each.kind === kind).length;
  return [
    ...changes.map(formatChange),
    '',
    `${counted(changes.length, 'thing')}: ${count('added')} added, ${count('removed')} removed, ${count('changed')} changed.`,
  ].join('\n');
}

const MARKS = { added: '+', removed: '-', changed: '~' } as const;

function formatChange({ about, id, title, kind, aspects }: Change): string {
  const head = `${MARKS[kind]} ${about} ${id}${title === id ? '' : ` ${title}`}`;
  const told = aspects.filter(({ what }) => kind === 'changed' || what !== 'title');
  return [head, ...told.map((aspect) => `    ${formatAspect(aspect, kind)}`)].join('\n');
}

function formatAspect({ what, before, after, movedDays }: AspectChange, kind: Change['kind']): string {
  if (kind !== 'changed') return `${what}: ${before ?? after}`;
  const days = Math.abs(movedDays ?? 0);
  const moved = movedDays === undefined ? '' : ` (${counted(days, 'day')} ${movedDays < 0 ? 'earlier' : 'later'})`;
  return `${what}: ${before ?? 'none'} → ${after ?? 'none'}${moved}`;
}
