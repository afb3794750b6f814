/** From what was typed to an exit code. Whatever goes wrong on the way is told once, here, and never as a stack trace. */
import { Argument, Command, CommanderError, Option } from 'commander';
import { type ArgumentSpec, type CommandSpec, type Context, flagOf, type OptionSpec } from './command.ts';
import { COMMANDS } from './commands.ts';
import { CliError, EXIT, type ExitCode, explainFailure, type Failure, formatFailure } from './failure.ts';
import { commandLine } from './command-line.ts';
import type { Host } from './host.ts';

export interface Run {
  readonly host: Host;
  readonly signal: AbortSignal;
  /** The commands there are; for tests. */
  readonly commands?: readonly CommandSpec[];
}

export async function runCli(words: readonly string[], { host, signal, commands = COMMANDS }: Run): Promise<ExitCode> {
  const json = words.includes('--json');
  let exit: ExitCode = EXIT.done;
  const program = createProgram(commands, host, async (spec, input) => {
    exit = await spec.run(input, createContext(spec, { host, signal, json, words }));
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    const failure = error instanceof CommanderError ? explainMisuse(error, words) : explainFailure(error);
    report(failure, { host, json, error });
    return failure.exit;
  }
}

type Handle = (spec: CommandSpec, input: Parameters<CommandSpec['run']>[0]) => Promise<void>;

function createProgram(commands: readonly CommandSpec[], host: Host, handle: Handle): Command {
  const program = new Command('shigeyi')
    .description('Campaigns as code: checks, starts and watches the dated campaigns of a federation of trade unions.')
    .helpCommand('help [command]', 'Says more about a command.')
    .helpOption('-h, --help', 'Says how a command is used.')
    .showSuggestionAfterError()
    .exitOverride()
    // What is wrong with the call is told in our own form; only help that was asked for is printed as it is.
    .configureOutput({ writeOut: (text) => host.screen.out(text.trimEnd()), writeErr: () => undefined });
  for (const spec of commands) addCommand(program, spec, handle);
  return program;
}

function addCommand(program: Command, spec: CommandSpec, handle: Handle): void {
  // `audit export` belongs under `audit`, which is a command as well: its options are read only before the second word.
  const words = spec.name.split(' ');
  const parent = words.length === 1 ? program : program.commands.find((each) => each.name() === words[0])!;
  const command = parent.command(words.at(-1)!).description(spec.summary).allowExcessArguments(false).enablePositionalOptions();
  const names = Object.keys(spec.arguments);
  for (const name of names) command.addArgument(argumentOf(name, spec.arguments[name]!));
  for (const [name, option] of Object.entries(spec.options)) command.addOption(optionOf(name, option));
  command.option('--json', 'Print the answer as JSON.');
  if (spec.examples.length > 0)
    command.addHelpText('after', `\nExamples:\n${spec.examples.map((example) => `  npx shigeyi ${example}`).join('\n')}`);
  command.action(async (...given: unknown[]) => {
    await handle(spec, {
      arguments: Object.fromEntries(names.map((name, index) => [name, given[index]])) as never,
      options: command.opts() as never,
    });
  });
}

function argumentOf(name: string, { about, kind }: ArgumentSpec): Argument {
  return new Argument({ required: `<${name}>`, optional: `[${name}]`, many: `<${name}...>` }[kind], about);
}

function optionOf(name: string, { value, about, required = false, read }: OptionSpec): Option {
  const flag = flagOf(name);
  const option = new Option(value === undefined ? flag : `${flag} <${value}>`, about);
  option.makeOptionMandatory(required);
  return read === undefined ? option : option.argParser((text, before) => read(text, before as never));
}

function createContext(
  { answer }: CommandSpec,
  { host, signal, json, words }: { host: Host; signal: AbortSignal; json: boolean; words: readonly string[] },
): Context<unknown> {
  return {
    host,
    json,
    typed: commandLine(words),
    signal,
    // Read through its shape, whose members always come in the same order, so that equal answers are equal texts.
    line: (value) => host.screen.out(JSON.stringify(answer.safeParse(value).data ?? value)),
    answer: (value, text) => host.screen.out(json ? JSON.stringify(answer.safeParse(value).data ?? value, undefined, 2) : text()),
  };
}

/** Commander's own text, in our form: `error: unknown option '--unoin'\n(Did you mean --union?)`. */
function explainMisuse(error: CommanderError, words: readonly string[]): Failure {
  if (error.code === 'commander.help') return misused('no command was given', 'see what there is with: npx shigeyi --help');
  const [message = '', ...hints] = error.message.replace(/^error: /, '').split('\n');
  const hint = hints.join(' ').replace(/^\((.*)\)$/, '$1');
  const typed = `${words.join(' ')} `;
  const command = COMMANDS.map(({ name }) => name).findLast((name) => typed.startsWith(`${name} `)) ?? words.find(isCommand);
  const help = `see: npx shigeyi ${command === undefined ? '--help' : `${command} --help`}`;
  return misused(message.replace(/\.$/, ''), hint === '' ? help : `${hint} Otherwise ${help}`);
}

const isCommand = (word: string): boolean => COMMANDS.some(({ name }) => name === word);

const misused = (message: string, remedy: string): Failure => ({
  exit: EXIT.misuse,
  code: 'MISUSE',
  message,
  remedy,
  details: [],
});

function report(failure: Failure, { host, json, error }: { host: Host; json: boolean; error: unknown }): void {
  const { code, message, remedy, details } = failure;
  host.screen.err(json ? JSON.stringify({ error: { code, message, remedy, details } }, undefined, 2) : formatFailure(failure));
  if (host.env['SHIGEYI_DEBUG'] === '1' && !(error instanceof CliError)) host.screen.err(describeCause(error));
}

/** For whoever looks for the cause, and asked for it. */
function describeCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined
    ? (error.stack ?? error.message)
    : `${error.stack ?? error.message}\ncaused by ${describeCause(error.cause)}`;
}
