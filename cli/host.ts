/** What commands need of the machine and of the rest of the product. Tests put other things in its place. */
import type { CompiledPlan } from '../client/api.ts';
import type { ShigeyiClient } from '../client/shigeyi.ts';
import type { Compilation } from '../compiler/compile.ts';
import type { Settings } from '../compiler/parameters.ts';
import type { SourceFile } from '../compiler/yaml-source.ts';
import type { Environment } from '../platform/config.ts';
import type { DateText, Instant } from '../model/plan.ts';
import type { Roster, RosterIssue } from '../model/roster.ts';
import type { Stage } from '../scenarios/stage.ts';
import type { Screen } from './screen.ts';
import type { Demo, Parts } from './shapes.ts';

export interface Host {
  readonly env: Environment;
  readonly screen: Screen;
  /** Real time, milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** The text of a file, or of standard input for `-`. */
  readInput(path: string): Promise<string>;
  /** The same as it stands there, for what may be in another encoding. */
  readBytes(path: string): Promise<Buffer>;
  /** The lines of a file, however large. */
  readLines(path: string): AsyncIterable<string>;
  /** A new file. @throws CliError FILE_EXISTS, FILE_UNWRITABLE */
  writeLines(path: string, lines: AsyncIterable<string>): Promise<void>;
  compile(path: string, options: { readonly starts?: string | undefined; readonly set?: Settings | undefined }): Compilation;
  /** The scenarios beside a definition, by name. */
  findScenarios(path: string): readonly SourceFile[];
  /** The calendars that a definition in this folder is compiled with: those beside it, or else those of this product. */
  readCalendars(folder: string): readonly SourceFile[];
  /**
   * Makes a folder with these files, by name.
   * @throws CliError FOLDER_NOT_EMPTY when there is anything of that name but an empty folder: then nothing was changed.
   */
  writeFolder(path: string, files: readonly SourceFile[]): Promise<void>;
  /**
   * Writes a file, over one that may be there.
   * @throws CliError FILE_UNWRITABLE
   */
  writeFile(path: string, text: string): Promise<void>;
  /** As of a day: no date in the register may lie after it. `known`: unions that a part of a register may name. */
  readRoster(
    path: string,
    options: { readonly asOf: DateText; readonly known?: readonly string[] },
  ): Promise<{ readonly roster: Roster; readonly issues: readonly RosterIssue[] }>;
  /** @throws CliError PARTS_NOT_RUNNING when there is nothing to connect to. */
  connect(): Promise<Client>;
  readonly services: Services;
}

/** What the commands ask for. */
export type Client = Omit<ShigeyiClient, 'room'>;

export interface ServiceContext {
  readonly host: Host;
  /** Aborted when it is time to end. */
  readonly signal: AbortSignal;
  /** A machine reads along: say nothing but results. */
  readonly quiet: boolean;
}

export interface DemoOptions {
  /** Real time for the campaign. */
  readonly lengthMs: number;
  readonly seed: number;
  /** Whether the parts stay up afterwards, until the signal. */
  readonly stay: boolean;
  readonly definition?: string;
  readonly roster?: string;
}

export interface StageStart {
  readonly compiled: CompiledPlan;
  readonly roster: Roster;
  /** Not used before. */
  readonly run: string;
  readonly startsAt: Instant;
}

/** Where scenarios are played on Temporal. */
export interface Stages {
  /** A run of its own, on a stepped clock. */
  begin(start: StageStart): Promise<Stage>;
  /** Resolves with the reason when nothing can be played there any more. */
  readonly lost: Promise<Error>;
  close(): Promise<void>;
}

/** The commands that stay. Each resolves when it was asked to end and everything is put away. */
export interface Services {
  up(context: ServiceContext & { onReady(parts: Parts, more: { readonly logFile: string }): void }): Promise<void>;
  worker(context: ServiceContext & { onReady(parts: Parts): void }): Promise<void>;
  demo(context: ServiceContext & { readonly options: DemoOptions; onDone(result: Demo): void }): Promise<void>;
  /** Stays until it is closed. */
  stages(context: ServiceContext): Promise<Stages>;
}

/** Connects, works, and always lets go. */
export async function withClient<T>(host: Host, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await host.connect();
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}
