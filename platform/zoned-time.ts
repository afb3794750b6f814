/** Instants as people write them in a zone. Kept out of the core: what Intl says may differ between machines, and rules must not. */

const formats = new Map<string, (at: number) => string>();

/** `2020-10-28 23:59` in a zone. Made once for each zone, because making one costs more than using it a hundred times. */
export function createDateTime(zone: string): (at: number) => string {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const dateTime = (at: number): string => format.format(at);
  formats.set(zone, dateTime);
  return dateTime;
}
