/** A text is written in several ways, and every character of it is found again. */
import { isMap, isScalar, parseDocument } from 'yaml';
import { describe, expect, it } from 'vitest';
import { alignText } from '../../compiler/text-places.ts';

/** What stands in the file where the value has `mark`, to the end of the line. */
function foundAt(yaml: string, mark: string): string | undefined {
  const document = parseDocument(yaml);
  if (!isMap(document.contents)) throw new Error('no map');
  const node = document.contents.items[0]!.value;
  if (!isScalar(node) || typeof node.value !== 'string') throw new Error('no text');
  const source = yaml.slice(node.range![0], node.range![1]);
  const offsets = alignText({ type: node.type as 'PLAIN', source, value: node.value });
  const at = offsets?.[node.value.indexOf(mark)];
  return at === undefined ? undefined : source.slice(at).split('\n', 1)[0];
}

describe('a character of a text', () => {
  it.each([
    ['plain', 'a: one 二 MARK here', 'MARK here'],
    ['plain, over lines', 'a: one\n  two\n\n  three MARK here\n', 'MARK here'],
    ['in single quotes', "a: 'it''s MARK'", "MARK'"],
    ['in single quotes, over lines', "a: 'one  \n   two MARK'", "MARK'"],
    ['in double quotes', 'a: "x\\ty\\u4e8c\\"z MARK"', 'MARK"'],
    ['in double quotes, over lines', 'a: "one\n\n  two \\\n  three MARK"', 'MARK"'],
    ['in double quotes, behind a character of two units', 'a: "\\U0001F600 MARK"', 'MARK"'],
    ['in a literal block', 'a: |\n  one\n\n    two\n  MARK\nb: 1', 'MARK'],
    ['in a literal block that keeps its end', 'a: |+\n  one MARK\n\n', 'MARK'],
    ['in a folded block', 'a: >\n  one\n  two MARK x\n', 'MARK x'],
    ['in a folded block, behind lines that are further in', 'a: >-\n  one\n\n    two\n    three\n  four MARK\n', 'MARK'],
    ['in a block whose lines end as on Windows', 'a: |\r\n  one\r\n  two MARK\r\n', 'MARK\r'],
    ['behind a blank at the beginning', "a: ' x MARK'", "MARK'"],
  ])('is found: %s', (_, yaml, rest) => expect(foundAt(yaml, 'MARK')).toBe(rest));

  it('that YAML made of a break between lines stands where the next line begins', () =>
    expect(foundAt('a: >\n  one\n  two\n', ' two')).toBe('two'));

  it('is not guessed where text and value do not agree', () =>
    expect(alignText({ type: 'PLAIN', source: 'one', value: 'two' })).toBeUndefined());
});
