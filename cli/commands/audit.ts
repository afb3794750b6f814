import type { AuditView } from '../../client/api.ts';
import { AuditPage } from '../audit-shapes.ts';
import { defineCommand, readDate, wholeNumber } from '../command.ts';
import { EXIT } from '../failure.ts';
import { withClient } from '../host.ts';
import { formatInstant } from '../instants.ts';
import { formatTable } from '../table.ts';

const USUAL_LIMIT = 200;

export const auditCommand = defineCommand({
  name: 'audit',
  summary: 'Lists who did what, when and why, and what it changed.',
  about:
    'Of one household in the order in which it was written, of several instances in campaign time. Reasons stand there by the id of their words, people by theirs; --words opens reasons, for whoever may read them.',
  arguments: { run: { kind: 'required', about: 'The run.' } },
  options: {
    household: { value: 'id', about: 'Only of this household.' },
    union: { value: 'id', about: 'Only of this union and its households.' },
    since: { value: 'date', about: "Nothing before this day (YYYY-MM-DD) in the campaign's zone.", read: readDate },
    words: { about: 'With the words of reasons. People may be named in them: mind where they are printed.' },
    limit: {
      value: 'number',
      about: `The newest, so many at most (${USUAL_LIMIT}).`,
      read: wholeNumber({ min: 1, max: 10_000 }),
    },
  },
  answer: AuditPage,
  examples: ['audit linwei-2020 --household 2001', 'audit linwei-2020 --since 2020-10-20 --limit 1000 --json'],
  async run({ arguments: { run }, options: { household, union, since, words, limit = USUAL_LIMIT } }, { host, answer }) {
    await withClient(host, async (client) => {
      const page = await client.audit(run, {
        limit,
        ...(household && { household }),
        ...(union && { union }),
        ...(since && { since }),
        ...(words && { words }),
      });
      answer(page, () => formatAudit(page.rows, { complete: page.complete, limit }));
    });
    return EXIT.done;
  },
});

function formatAudit(rows: readonly AuditView[], { complete, limit }: { complete: boolean; limit: number }): string {
  if (rows.length === 0) return 'There is no such entry.';
  const table = formatTable(rows, [
    { title: 'time', value: ({ at }) => formatInstant(at) },
    { title: 'instance', value: ({ instance }) => instance },
    { title: '', value: ({ seq }) => seq, align: 'right' },
    { title: 'what', value: ({ kind, void: isVoid }) => (isVoid ? `${kind} (void)` : kind) },
    { title: 'task', value: ({ task }) => task ?? '', widest: 40 },
    { title: 'who', value: ({ actor }) => actor, widest: 24 },
    { title: 'why, and what it changed', value: tellDetail },
  ]);
  return complete ? table : `${table}\nThe newest ${limit} only; there are more: narrow the list, or give --limit.`;
}

function tellDetail({ detail, words, changed }: AuditView): string {
  const details = Object.entries(detail ?? {}).filter(
    ([name, value]) => value !== null && !(name === 'reason' && words !== null),
  );
  return [
    ...(words === null ? [] : [`“${words}”`]),
    ...details.map(([name, value]) => `${name} ${tellValue(name, value)}`),
    ...Object.entries(changed ?? {}).map(([name, [from, to]]) => `${name}: ${tellValue(name, from)} → ${tellValue(name, to)}`),
  ].join(', ');
}

/** Values that are instants when they are numbers. */
const INSTANTS: ReadonlySet<string> = new Set(['deadline', 'from', 'to', 'until', 'at', 'since']);

const tellValue = (name: string, value: string | number | boolean | null): string =>
  value === null ? '—' : INSTANTS.has(name) && typeof value === 'number' ? formatInstant(value) : String(value);
