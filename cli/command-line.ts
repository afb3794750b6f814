/** A command as a person types it, so that it can be copied. */

/** Words that a shell leaves as they are. */
const PLAIN = /^[\p{L}\p{N}_@%+=:,./-]+$/u;
/** What a shell reads inside double quotes. */
const READ_IN_QUOTES = /["$`\\!]/;

export const commandLine = (words: readonly string[]): string => ['npx shigeyi', ...words.map(quoted)].join(' ');

/** Double quotes where they do, because all shells know them. */
function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  return READ_IN_QUOTES.test(word) ? `'${word.replaceAll("'", String.raw`'\''`)}'` : `"${word}"`;
}
