/** The real host: this process, its files and the parts it can reach. What is heavy is loaded only by the commands that need it. */
import { statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { compileDefinition } from '../compiler/compile.ts';
import { readCalendars, readDefinition, readScenarioFiles } from '../compiler/read-definition.ts';
import { systemCode } from '../platform/platform-error.ts';
import { CliError, EXIT } from './failure.ts';
import type { Host } from './host.ts';
import { readLines, writeLines } from './lines.ts';
import { createScreen } from './screen.ts';
import { writeFolder, writeWholeFile } from './write-folder.ts';

/** No form is larger; a film that was meant for another program is not read. */
const INPUT_BYTES = 4_000_000;

export function createHost({ env, stdin, stdout, stderr }: NodeJS.Process): Host {
  return {
    env,
    screen: createScreen({ stdout, stderr, env }),
    now: () => Date.now(),
    sleep: (ms) => delay(ms),
    async *readLines(path) {
      try {
        yield* readLines(path);
      } catch (error) {
        throw unreadable(path, error, 'check the path');
      }
    },
    writeLines,
    readInput: async (path) => (await readBytes(path, stdin)).toString('utf8'),
    readBytes: (path) => readBytes(path, stdin),
    compile(path, { starts, set }) {
      return compileDefinition({
        ...gather(path),
        ...(starts === undefined ? {} : { starts }),
        ...(set === undefined ? {} : { set }),
      });
    },
    findScenarios(path) {
      try {
        return readScenarioFiles(path);
      } catch (error) {
        throw unreadable(path, error, "give a definition's folder, or its definition.yaml");
      }
    },
    readCalendars: (folder) => readCalendars(calendarsFor(folder)),
    writeFolder,
    writeFile: writeWholeFile,
    async readRoster(path, options) {
      const { readRoster } = await import('../roster/read-roster.ts');
      return await readRoster(path, options);
    },
    async connect() {
      const { connect } = await import('./connect.ts');
      return await connect(env);
    },
    services: {
      up: async (context) => await (await import('./up-service.ts')).runUp(context),
      worker: async (context) => await (await import('./worker-service.ts')).runWorker(context),
      stages: async (context) => await (await import('./stages-service.ts')).openStages(context),
      demo: async (context) => await (await import('./demo-service.ts')).runDemo(context),
    },
  };
}

function gather(path: string): ReturnType<typeof readDefinition> {
  try {
    const folder = statSync(path).isDirectory() ? path : dirname(path);
    return readDefinition(path, { calendars: calendarsFor(folder) });
  } catch (error) {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const file = isFolder ? join(path, 'definition.yaml') : path;
    throw unreadable(file, error, "give a definition's folder, or its definition.yaml");
  }
}

/** A definition may stand anywhere; one with calendars beside it has brought its own. */
function calendarsFor(folder: string): string {
  const beside = join(folder, '..', 'calendars');
  return isFolder(beside) ? beside : SHIPPED_CALENDARS;
}

const SHIPPED_CALENDARS = join(import.meta.dirname, '../definitions/calendars');
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const readBytes = (path: string, stdin: NodeJS.ReadStream): Promise<Buffer> =>
  path === '-' ? readStream(stdin) : readSmallFile(path);

async function readSmallFile(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > INPUT_BYTES) throw tooLarge(path);
    return await readFile(path);
  } catch (error) {
    throw error instanceof CliError ? error : unreadable(path, error, 'check the path');
  }
}

async function readStream(stream: NodeJS.ReadStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > INPUT_BYTES) throw tooLarge('standard input');
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

function tooLarge(path: string): CliError {
  return new CliError({
    exit: EXIT.refused,
    code: 'FILE_TOO_LARGE',
    message: `'${path}' has more than ${INPUT_BYTES} bytes`,
    remedy: 'give a smaller file',
  });
}

function unreadable(path: string, error: unknown, remedy: string): CliError {
  const why = { ENOENT: 'there is no such file or folder', EACCES: 'you may not read it', EISDIR: 'it is a folder' }[
    systemCode(error) ?? ''
  ];
  return new CliError({
    exit: EXIT.refused,
    code: 'FILE_UNREADABLE',
    message: `'${path}' cannot be read: ${why ?? (error as Error).message}`,
    remedy,
  });
}
