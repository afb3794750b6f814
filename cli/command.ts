/** The shape of every command: what it takes, what it answers with `--json`, and what it does. Help and docs/cli.md are made of the same words. */
import { InvalidArgumentError } from 'commander';
import type { z } from 'zod';
import { epochDay } from '../model/day-table.ts';
import type { Settings } from '../compiler/parameters.ts';
import type { ExitCode } from './failure.ts';
import type { Host } from './host.ts';

export interface ArgumentSpec {
  readonly about: string;
  readonly kind: 'required' | 'optional' | 'many';
}

export interface OptionSpec {
  /** What stands for the value in the help; absent for a flag. */
  readonly value?: string;
  readonly about: string;
  /** Without it the command is misused. */
  readonly required?: boolean;
  /** Text to value; `before` is what an option that may be given several times has come to so far. @throws InvalidArgumentError */
  readonly read?: (text: string, before: never) => unknown;
}

type ArgumentValue<A> = A extends { readonly kind: 'many' }
  ? readonly string[]
  : A extends { readonly kind: 'optional' }
    ? string | undefined
    : string;
type OptionValue<O> =
  | (O extends { readonly read: (text: string, before: never) => infer T }
      ? T
      : O extends { readonly value: string }
        ? string
        : true)
  | (O extends { readonly required: true } ? never : undefined);

export interface Input<A, O> {
  readonly arguments: { readonly [K in keyof A]: ArgumentValue<A[K]> };
  readonly options: { readonly [K in keyof O]: OptionValue<O[K]> };
}

export interface Context<T> {
  readonly host: Host;
  /** The whole command as it was typed, to be typed again with an option more. */
  readonly typed: string;
  /** Whether a machine reads the answer: then nothing but the answer is said. */
  readonly json: boolean;
  /** The one answer of the command, as data or as text. */
  answer(value: T, text: () => string): void;
  /** One of many, as data on a line of its own. */
  line(value: T): void;
  /** Aborted when the person or the system asks to end (SIGINT, SIGTERM). */
  readonly signal: AbortSignal;
}

export interface CommandSpec<A = Record<string, ArgumentSpec>, O = Record<string, OptionSpec>, T = unknown> {
  readonly name: string;
  readonly summary: string;
  /** A paragraph more, for the documentation. */
  readonly about?: string;
  readonly arguments: A;
  readonly options: O;
  /** What `--json` prints. Grows by addition only. */
  readonly answer: z.ZodType<T>;
  readonly examples: readonly string[];
  /** Commands that stay until they are interrupted. */
  readonly stays?: true;
  run(input: Input<A, O>, context: Context<T>): Promise<ExitCode>;
}

/** Checks a command against its own shape and forgets the particulars, so that all can stand in one table. */
export function defineCommand<const A extends Record<string, ArgumentSpec>, const O extends Record<string, OptionSpec>, T>(
  spec: CommandSpec<A, O, T>,
): CommandSpec {
  return spec as unknown as CommandSpec;
}

/** `lateReason` is typed `--late-reason`. */
export const flagOf = (name: string): string => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export function wholeNumber({ min, max }: { readonly min: number; readonly max: number }): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`Use a whole number from ${min} to ${max}.`);
  };
}

/** A value of an option: a calendar day. */
export function readDate(text: string): string {
  if (epochDay(text) !== undefined) return text;
  throw new InvalidArgumentError('Use a day that exists, as YYYY-MM-DD.');
}

/** Values of a definition's parameters, one at a time: of every command that compiles one. */
export const SET_OPTION = {
  value: 'name=value',
  about: 'A value for a parameter of the definition, such as year=2027. May be given several times.',
  read: readSetting,
} as const satisfies OptionSpec;

function readSetting(text: string, before?: Settings): Settings {
  const [, name, value] = /^([A-Za-z][A-Za-z0-9-]*)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError('Use name=value, such as year=2027.');
  if (before !== undefined && Object.hasOwn(before, name)) throw new InvalidArgumentError(`'${name}' is set twice.`);
  return { ...before, [name]: value };
}

/** A value of an option: one of these words. */
export function readWord<const T extends string>(...words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((each) => each === text);
    if (word !== undefined) return word;
    throw new InvalidArgumentError(`Use ${words.join(' or ')}.`);
  };
}

export const readLanguage = readWord('zh', 'en');
