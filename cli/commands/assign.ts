import type { AdjustmentScope } from '../../model/adjustment.ts';
import { ADJUST_OPTIONS, AdjustmentAnswer, runAdjustment, SCOPE_OPTIONS } from '../adjustment.ts';
import { defineCommand } from '../command.ts';
import { misuse } from '../failure.ts';
import { formatAdjustment } from '../format-adjustment.ts';
import { withClient } from '../host.ts';

const { reason: _itsWords, ...OPTIONS } = ADJUST_OPTIONS;

export const assignCommand = defineCommand({
  name: 'assign',
  summary: 'Makes an instruction a dated task of a union, a household or the campaign.',
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
      about: "Its deadline: a day ('YYYY-MM-DD', to its end) or a minute ('YYYY-MM-DD HH:MM').",
      required: true,
    },
    title: { value: 'words', about: 'What it is called in lists.', required: true },
    words: { value: 'file', about: 'What is to be done, as text; - reads standard input.', required: true },
    from: { value: 'words', about: "Who gives it, such as 'leading group'." },
    ladder: { value: 'id', about: 'Reminders and escalations of its own: a ladder of the definition.' },
    review: { value: 'role', about: 'The role that accepts what was done.' },
    ...OPTIONS,
  },
  answer: AdjustmentAnswer,
  examples: [
    'assign linwei-2020 --union union-03 --due 2020-11-10 --title "补报困难职工名单" --words instruction.txt --from "leading group"',
    'assign linwei-2020 --household h-001 --to cadre-01 --due "2020-11-10 17:00" --title "核实住房情况" --words - --apply now < words.txt',
  ],
  async run({ arguments: { run }, options }, context) {
    const { to, due, title, words, from, ladder, review, as: person, apply, id } = options;
    const scope = scopeOf(options);
    const text = await context.host.readInput(words);
    return await withClient(context.host, async (client) => {
      const own = { ...(to && { to }), ...(ladder && { ladder }), ...(review && { review }) };
      // 2020-11-10T17:00 is as good as with a space.
      const at = await client.instantAt(run, due.replace(/T(?=\d{2}:\d{2}$)/, ' '));
      const request = {
        ...{ run, for: scope, adjustment: { kind: 'assign', due: at, words: '', ...own } as const },
        words: { title, words: text, ...(from && { from }) },
        ...(person && { person }),
        ...(id && { id }),
      };
      const { exit, answer } = await runAdjustment(client, { request, apply, context });
      context.answer(answer, () => formatAdjustment(answer, { again: `assign ${run} …` }));
      return exit;
    });
  },
});

interface Place {
  readonly union: string | undefined;
  readonly household: string | undefined;
  readonly campaign: true | undefined;
}

function scopeOf({ union, household, campaign }: Place): Extract<AdjustmentScope, { instance: string }> {
  const given = [union, household, campaign].filter((each) => each !== undefined).length;
  if (given !== 1) throw misuse('it is not clear to whom', 'give one of --union ID, --household ID and --campaign');
  if (union !== undefined) return { instance: `u/${union}` };
  return { instance: household === undefined ? 'c' : `h/${household}` };
}
