import { describe, expect, it } from 'vitest';
import { type Node, parseDocument, visit } from 'yaml';
import type { SourceFile } from '../../compiler/yaml-source.ts';
import { compileText, TINY } from './tiny.ts';

const REPLACEMENTS: readonly unknown[] = [
  null,
  true,
  -1,
  1e9,
  '',
  'x',
  '2020-13-45',
  [],
  [null],
  [[]],
  {},
  { a: { b: 1 } },
  'constructor',
];
const TRIES_PER_PLACE = 2;

const PLAIN_CALENDAR: SourceFile = {
  path: 'cn.yaml',
  text: "{ calendar: cn, version: '1', validThrough: 2021-12-31, source: none, weekend: [sunday], years: { 2020: { off: [], work: [] }, 2021: { off: [], work: [] } } }",
};

/** Definitions that differ from the tiny one in a single place: something else stands there, or nothing. */
function* mutations(): Generator<string> {
  let places = 0;
  visit(parseDocument(TINY), { Node: () => void (places += 1) });
  let turn = 0;
  for (let place = 0; place < places; place += 1) {
    for (let tried = 0; tried <= TRIES_PER_PLACE; tried += 1) {
      const document = parseDocument(TINY);
      const replacement =
        tried === TRIES_PER_PLACE ? visit.REMOVE : (document.createNode(REPLACEMENTS[turn++ % REPLACEMENTS.length]) as Node);
      let at = 0;
      visit(document, { Node: () => (at++ === place ? replacement : undefined) });
      yield document.toString();
    }
  }
}

describe('a definition with anything in any place', () => {
  it('is answered with a plan or with issues inside its text, and never with a crash', () => {
    let count = 0;
    for (const text of mutations()) {
      const compiled = compileText(text, { calendars: [PLAIN_CALENDAR] });
      const issues = 'issues' in compiled ? compiled.issues : compiled.warnings;
      const lines = text.split('\n');
      const stray = issues.filter(({ line, column }) => line > lines.length || column > lines[line - 1]!.length + 1);
      if (stray.length > 0 || ('issues' in compiled && issues.length === 0)) expect.fail(`${JSON.stringify(stray)} of\n${text}`);
      count += 1;
    }
    expect(count).toBeGreaterThan(200);
  }, 240_000);

  it('takes the tiny definition itself', () => expect('plan' in compileText(TINY)).toBe(true));
});
