/** How Mermaid takes names and words. */

/** Mermaid reads words such as `end` and `class` itself, so ids never stand alone. */
export const nodeId = (kind: string, id: string): string => `${kind}_${id.replaceAll('-', '_')}`;

export const escape = (text: string): string =>
  text.replaceAll('&', '#amp;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
