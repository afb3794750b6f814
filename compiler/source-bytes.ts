/** The bytes of a file as text. Definitions are UTF-8: read as anything else, every Chinese title would be lost without a word. */
import type { SourceFile, Unread } from './yaml-source.ts';

/** Strict, and leaves a mark of byte order where it is: the parser takes it. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LINE_FEED = 0x0a;

/** Two bytes at the head that say which. */
const UTF16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
] as const;

export function decodeSource(path: string, bytes: Uint8Array): SourceFile {
  if (UTF16.some((mark) => mark.every((byte, at) => bytes[at] === byte)))
    return { path, text: '', unread: { why: 'encoding', line: 1, column: 1, is: 'UTF-16' } };
  const text = decode(bytes);
  const bad = text === undefined ? findBad(bytes) : bytes.indexOf(0);
  if (text !== undefined && bad < 0) return { path, text };
  return { path, text: '', unread: { why: 'encoding', ...placeOf(bytes, bad), is: bytes[bad]! } };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Where the first byte stands that begins no character, of bytes among which there is one: as many before it as read well. */
function findBad(bytes: Uint8Array): number {
  let [sound, broken] = [0, bytes.length];
  // A character that is cut off is no mistake yet, so a beginning that has none stays without one when it is made shorter.
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    if (beginsWell(bytes.subarray(0, middle))) sound = middle;
    else broken = middle;
  }
  // The last of those that are sound may belong to a character that the next one breaks.
  while (sound > 0 && decode(bytes.subarray(0, sound)) === undefined) sound -= 1;
  return sound;
}

function beginsWell(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function placeOf(bytes: Uint8Array, at: number): Pick<Extract<Unread, { why: 'encoding' }>, 'line' | 'column'> {
  const before = bytes.subarray(0, at);
  const lineAt = before.lastIndexOf(LINE_FEED) + 1;
  const line = before.reduce((lines, byte) => (byte === LINE_FEED ? lines + 1 : lines), 1);
  return { line, column: (decode(before.subarray(lineAt)) ?? '').length + 1 };
}
