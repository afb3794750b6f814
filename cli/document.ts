/** docs/cli.md, made of the commands themselves. A test says when the page is no longer what this makes. */
import { type ArgumentSpec, type CommandSpec, flagOf, type OptionSpec } from './command.ts';
import { describeShape } from './describe-shape.ts';

export function renderCliPage(commands: readonly CommandSpec[]): string {
  const printed = new Map<string, string>();
  return [HEAD, ...commands.map((spec) => renderCommand(spec, printed))].join('\n\n').concat('\n');
}

const HEAD = `# The command line

<!-- Made from cli/commands/ by cli/document.ts. After a change there: npx vitest run test/cli/document.test.ts --update -->

In a checkout, \`npx shigeyi COMMAND\`. Every command takes \`--json\` and \`--help\`.

| exit code | meaning |
| --- | --- |
| 0 | done |
| 1 | refused or invalid: nothing was changed, or, of \`check\` and \`verify\`, something was found; or, of many, some were refused |
| 2 | misuse: the command, its options or the environment are not as they must be |
| 3 | a part cannot be reached; the same command may be given again, with the same \`--id\` if it had one |

Standard output carries the answer and nothing else. Whatever goes wrong is one sentence on standard error: what, what to do next, and a
code in brackets that stays the same between versions. With \`--json\` both are JSON, the answer in the shape given below and the error as

\`\`\`ts
{ error: { code: string; message: string; remedy: string; details: unknown[] } }
\`\`\`

Shapes grow by new members; none is renamed, retyped or taken away. Instants are milliseconds since 1970-01-01T00:00Z, in campaign time.
\`SHIGEYI_DEBUG=1\` prints the cause of an error, \`SHIGEYI_LOG=debug\` makes a worker say more.

## Many at once

Commands that change a task or a person's work take many of them: a CSV file (\`--tasks\`, \`--people\`, \`--instances\`), a choice in the words of \`tasks\`
(\`--holder\`, \`--status overdue\` and so on), or those that failed before (\`--retry\`). A file has a heading; its columns are called as the options are,
and an option says it for every line that does not:

\`\`\`csv
instance,task,to,reason
h/h-001,visit,union-01-cadre-2,the pairing was changed
h/h-007,visit,union-01-cadre-3,
\`\`\`

\`task\` may also stand alone, as \`tasks\` lists it (\`h/h-001/visit\`), and \`as\` says who does it. Whatever is wrong with any line is told with its number before
anything is done. Without \`--apply\` it is only shown, each as the ones before it would leave it, with a hash of all; \`--apply HASH\` does exactly that, or
nothing when what it would do has changed. Each then has a result of its own: what is refused holds nobody up.

With \`--json\` each is a line of its own, printed as it ends, and \`--results\` writes the same into a file. \`--retry FILE\` takes from there what is not done, with
everything that was said of it; what is done is not done again. So it is with the same \`--id\`, which is made of the hash if it is left out: the same hash does
nothing twice, unless everything is again as it was when it was agreed to because it was undone. Of \`reopen\`, \`assign\` and
\`extend --by\` that cannot be seen: to do such a thing once more, give it an \`--id\`. A result repeats the reasons of the file and the
words of what it assigns: keep it where such words may lie. Once it is interrupted (Ctrl-C), those under way come to their ends, and the rest is left.

## The parts

Commands that need the parts find them through \`TEMPORAL_ADDRESS\` and \`DATABASE_URL\`, or through \`up\` or \`demo\` running on the same
machine with the same \`SHIGEYI_DATA\`.`;

/** `printed`: shapes that stand further up, by their text, with the command they stand under. */
function renderCommand(spec: CommandSpec, printed: Map<string, string>): string {
  const { name, summary, about, options, answer, examples, stays } = spec;
  const rows = Object.entries(options).map(([option, { value, about: what, required }]) => {
    const typed = value === undefined ? flagOf(option) : `${flagOf(option)} ${value.toUpperCase()}`;
    return `| \`${typed}\` | ${what}${required === true ? ' Required.' : ''} |`;
  });
  return [
    `## ${name}`,
    `\`\`\`sh\n${usageOf(spec)}\n\`\`\``,
    about === undefined ? summary : `${summary} ${about}`,
    ...(rows.length === 0 ? [] : [['| option | |', '| --- | --- |', ...rows].join('\n')]),
    `Examples: ${examples.map((example) => `\`npx shigeyi ${example}\``).join(', ')}`,
    stays === true ? 'With `--json`, once, when it is ready:' : 'With `--json`:',
    renderShape(spec.name, { shape: describeShape(answer), printed }),
  ].join('\n\n');
}

/** A shape that several commands answer in stands under the first of them. */
function renderShape(name: string, { shape, printed }: { shape: string; printed: Map<string, string> }): string {
  const first = printed.get(shape);
  if (first !== undefined) return `as of [${first}](#${first.replaceAll(' ', '-')}).`;
  printed.set(shape, name);
  return `\`\`\`ts\n${shape}\n\`\`\``;
}

function usageOf({ name, arguments: given, options }: CommandSpec): string {
  const words = [
    ...Object.entries(given).map(([argument, spec]) => argumentUsage(argument, spec)),
    ...Object.entries(options).map(([option, spec]) => optionUsage(option, spec)),
  ];
  return ['npx shigeyi', name, ...words].join(' ');
}

const argumentUsage = (name: string, { kind }: ArgumentSpec): string =>
  ({ required: name.toUpperCase(), optional: `[${name.toUpperCase()}]`, many: `${name.toUpperCase()}…` })[kind];

function optionUsage(name: string, { value, required = false }: OptionSpec): string {
  const typed = value === undefined ? flagOf(name) : `${flagOf(name)} ${value.toUpperCase()}`;
  return required ? typed : `[${typed}]`;
}
