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

/** The first instant of a day (YYYY-MM-DD) in a zone; where a clock change skips midnight, an instant within that hour. */
export function startOfDay(date: string, zone: string): number {
  const dateTime = createDateTime(zone);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  const offsetAt = (at: number): number => Date.parse(`${dateTime(at).replace(' ', 'T')}:00Z`) - at;
  // Asked again at what comes out: the offset may have changed between the two midnights.
  return midnight - offsetAt(midnight - offsetAt(midnight));
}
