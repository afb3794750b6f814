import type { ItemWords } from '../../client/assigned-words.ts';
import type { AdjustmentScope } from '../../model/adjustment.ts';
import { ADJUST_OPTIONS, runAdjustment, SCOPE_OPTIONS } from '../adjustment.ts';
import { createTools } from '../bulk/items.ts';
import { type BulkKind, instanceIn } from '../bulk/kinds.ts';
import { askMany, refuseResults } from '../bulk/one-or-many.ts';
import { INSTANCE_LIST_OPTIONS, sourceOf } from '../bulk/options.ts';
import type { Cells } from '../bulk/rows.ts';
import { OneOrManyAnswer } from '../bulk/shapes.ts';
import { defineCommand } from '../command.ts';
import { misuse } from '../failure.ts';
import { formatAdjustment } from '../format-adjustment.ts';
import { withClient } from '../host.ts';
import { CAMPAIGN_INSTANCE } from '../../model/scope.ts';

const { reason: _itsWords, ...OPTIONS } = ADJUST_OPTIONS;

export const assignCommand = defineCommand({
  name: 'assign',
  summary: 'Makes an instruction a dated task of a union, a household or the campaign, or many.',
  about:
    'It shows in their list under its title, is reminded of and escalated, and can be extended, put into other hands or waived as any other task. Its title and words are stored sealed; messages only say that there is one. Without --apply it only shows what would change.',
  arguments: { run: { kind: 'required', about: 'The run.' } },
  options: {
    union: { value: 'id', about: 'To a union; not to its households.' },
    household: SCOPE_OPTIONS.household,
    campaign: { about: 'To the federation itself.' },
    to: { value: 'person', about: 'Who shall do it, of the union or the federation; the post that has such items if left out.' },
    due: {
      value: 'time',
      about: "Its deadline: a day ('YYYY-MM-DD', to its end) or a minute ('YYYY-MM-DD HH:MM'). Always wanted.",
    },
    title: { value: 'words', about: 'What it is called in lists. Always wanted.' },
    words: { value: 'file', about: 'What is to be done, as text; - reads standard input. Always wanted.' },
    from: { value: 'words', about: "Who gives it, such as 'leading group'." },
    ladder: { value: 'id', about: 'Reminders and escalations of its own: a ladder of the definition.' },
    review: { value: 'role', about: 'The role that accepts what was done.' },
    ...OPTIONS,
    ...INSTANCE_LIST_OPTIONS,
    instances: {
      value: 'file',
      about:
        "Many: a CSV file with the column instance ('h/HOUSEHOLD', 'u/UNION' without its households, or 'c'), and any of the options as columns of their own, words as the text itself; - reads standard input.",
    },
  },
  answer: OneOrManyAnswer,
  examples: [
    'assign linwei-2020 --union union-03 --due 2020-11-10 --title "补报困难职工名单" --words instruction.txt --from "leading group"',
    'assign linwei-2020 --household h-001 --to cadre-01 --due "2020-11-10 17:00" --title "核实住房情况" --words - --apply now < words.txt',
    'assign linwei-2020 --instances unions.csv --due 2020-11-10 --title "补报困难职工名单" --words instruction.txt',
  ],
  async run({ arguments: { run }, options }, context) {
    const source = sourceOf(options, { kind: BULK });
    // Of those that are tried again the file says it all.
    const words = options.words === undefined ? undefined : await context.host.readInput(options.words);
    if (source !== undefined) {
      if (options.campaign)
        throw misuse('the federation is meant, and others too', "leave out --campaign, or give it as 'c' in the file");
      return await askMany({ kind: BULK, run, source, typed: { ...options, words } }, context);
    }
    const { to = '', due, title, from = '', ladder = '', review = '', as: person, apply, id } = options;
    refuseResults(options);
    const scope = scopeOf(options);
    if (due === undefined || title === undefined || words === undefined)
      throw misuse('an item has a deadline, a title and words', 'give --due, --title and --words');
    const cells = { to, due, title, words, from, ladder, review };
    return await withClient(context.host, async (client) => {
      const request = {
        ...{ run, for: scope, adjustment: await BULK.adjustmentOf(cells, createTools(client, run)), words: wordsOf(cells) },
        ...(person && { person }),
        ...(id && { id }),
      };
      const { exit, answer } = await runAdjustment(client, { request, apply, context });
      context.answer(answer, () => formatAdjustment(answer, { again: context.typed }));
      return exit;
    });
  },
});

function wordsOf({ title = '', words = '', from = '' }: Cells): ItemWords {
  return { title, words, ...(from && { from }) };
}

/** To an instance each, and as many as one likes. */
const BULK: BulkKind = {
  ...{ kind: 'assign', command: 'assign', list: 'instances', place: ['instance'], apart: 'title', usual: 'open' },
  columns: ['to', 'due', 'title', 'words', 'from', 'ladder', 'review'],
  needs: ['due', 'title', 'words'],
  scopeOf: (cells) => ({ instance: instanceIn(cells) }),
  async adjustmentOf({ to, due = '', ladder, review }, { instantAt }) {
    const own = { ...(to && { to }), ...(ladder && { ladder }), ...(review && { review }) };
    // 2020-11-10T17:00 is as good as with a space.
    return { kind: 'assign', due: await instantAt(due.replace(/T(?=\d{2}:\d{2}$)/, ' ')), words: '', ...own };
  },
  wordsOf,
};

interface Place {
  readonly union: string | undefined;
  readonly household: string | undefined;
  readonly campaign: true | undefined;
}

function scopeOf({ union, household, campaign }: Place): Extract<AdjustmentScope, { instance: string }> {
  const given = [union, household, campaign].filter((each) => each !== undefined).length;
  if (given !== 1) throw misuse('it is not clear to whom', 'give one of --union ID, --household ID and --campaign');
  if (union !== undefined) return { instance: `u/${union}` };
  return { instance: household === undefined ? CAMPAIGN_INSTANCE : `h/${household}` };
}
