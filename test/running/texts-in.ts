/** Every text in a value, however deep; bytes are read as text too, also those a database prints as `\x…`. */
export function textsIn(value: unknown): string {
  if (typeof value === 'string') {
    return value.startsWith('\\x') ? Buffer.from(value.slice(2), 'hex').toString('utf8') : value;
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([name, member]) => `${name}\n${textsIn(member)}`)
    .join('\n');
}
