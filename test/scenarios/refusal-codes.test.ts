/** What a step may expect to be refused with, against docs/refusals.md. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXPECTABLE_CODES } from '../../scenarios/refusal-codes.ts';

const page = readFileSync('docs/refusals.md', 'utf8');
const codesUnder = (heading: string): readonly string[] => {
  const section = page.slice(page.indexOf(`\n${heading}\n`) + heading.length + 1).split(/\n#+ /)[0]!;
  return [...section.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code!);
};

describe('a step may expect each code', () => {
  it.each(['## Refused by the rules', '### Versions that cannot follow', '## Issues of a form'])('of "%s"', (heading) => {
    expect(codesUnder(heading).length).toBeGreaterThan(1);
    expect(codesUnder(heading).filter((code) => !EXPECTABLE_CODES.includes(code))).toEqual([]);
  });
  it('of the page, and no other', () => expect(EXPECTABLE_CODES.filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]));
});
