/** Where messages go. What a channel knows to have sent is not sent again, also when the relay died before it could note it. */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One text to one recipient. */
export interface Message {
  readonly run: string;
  readonly recipient: string;
  readonly text: string;
  /** Campaign time, ISO 8601 with the zone's offset. */
  readonly at: string;
  /** What it tells of: one stable key for each thing said. */
  readonly keys: readonly string[];
}

export interface Channel {
  readonly name: string;
  send(message: Message): Promise<void>;
  /** Which of these keys have reached the recipient before. A channel that cannot tell leaves it out, and may say a thing twice after a crash. */
  findKnown?(question: Pick<Message, 'run' | 'recipient' | 'keys'>): Promise<ReadonlySet<string>>;
}

export interface Log {
  info(entry: object, text: string): void;
  warn(entry: object, text: string): void;
  error(entry: object, text: string): void;
}

/** One line in the log for each message. Carries ids only, as the text does. */
export function createLogChannel(log: Log): Channel {
  return {
    name: 'log',
    async send({ run, recipient, at, keys }) {
      log.info({ run, recipient, at, things: keys.length }, 'message sent');
    },
  };
}

/** `<folder>/<run>/<recipient>.txt`: one file for each recipient, one message after another, each with its keys. */
export function createFileChannel(folder: string): Channel {
  // What a file already holds is read once; afterwards this process is the one that writes it.
  const files = new Map<string, Promise<Set<string>>>();
  const pathOf = ({ run, recipient }: Pick<Message, 'run' | 'recipient'>): string =>
    join(folder, run, `${fileName(recipient)}.txt`);
  const keysIn = (path: string): Promise<Set<string>> => {
    const known = files.get(path);
    if (known !== undefined) return known;
    const reading = readKeys(path);
    files.set(path, reading);
    reading.catch(() => files.delete(path));
    return reading;
  };
  return {
    name: 'file',
    async send(message) {
      const path = pathOf(message);
      const known = await keysIn(path);
      const marks = message.keys.map((key) => `    #${key}\n`).join('');
      await appendFile(path, `${message.at}  ${message.text.replaceAll('\n', '\n    ')}\n${marks}`, 'utf8');
      for (const key of message.keys) known.add(key);
    },
    async findKnown({ run, recipient, keys }) {
      const known = await keysIn(pathOf({ run, recipient }));
      return new Set(keys.filter((key) => known.has(key)));
    },
  };
}

/** An id may hold what a file system does not take. */
const fileName = (recipient: string): string => recipient.replaceAll(/[^A-Za-z0-9._-]/g, '_');

async function readKeys(path: string): Promise<Set<string>> {
  await mkdir(join(path, '..'), { recursive: true });
  try {
    const text = await readFile(path, 'utf8');
    return new Set([...text.matchAll(/^ {4}#(.+)$/gm)].map(([, key]) => key!));
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return new Set();
    throw failure;
  }
}
