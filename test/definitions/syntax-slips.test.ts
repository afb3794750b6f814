/**
 * Slips in the syntax of the shipped definitions, one at a time, as newcomers make them. One slip is one issue, at its line or naming it: what only follows
 * from it is not told.
 */
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../compiler/compile.ts';
import type { Issue } from '../../compiler/issue.ts';
import { readDefinition } from '../../compiler/read-definition.ts';

const replaced =
  (pattern: RegExp, to: string) =>
  (line: string): string =>
    line.replace(pattern, to);

const SLIPS: Readonly<Record<string, (line: string) => string>> = {
  'a quote that is not closed': replaced(/('[^']+)'/, '$1'),
  'a double quote that is not closed': replaced(/'([^']+)'/, '"$1'),
  'a brace that is not closed': replaced(/ \}(?=[^}]*$)/, ''),
  'an inner brace that is not closed': replaced(/ \}/, ''),
  'a brace that is not opened': replaced(/\{ /, ''),
  'a brace too many': replaced(/ \}$/, ' } }'),
  'a bracket that is not closed': replaced(/\]/, ''),
  'a bracket that is not opened': replaced(/\[/, ''),
  'a tab for an indent': replaced(/^ {2}/, '\t'),
  'no space after a colon': replaced(/: /, ':'),
  'no space after the last colon': replaced(/: ([^:]*)$/, ':$1'),
  'no space after a dash': replaced(/^(\s*)- /, '$1-'),
  'a comma left out': replaced(/, /, ' '),
  'a comma too many': replaced(/, /, ',, '),
  'a colon left out at the end': replaced(/:$/, ''),
  'a dash left out': replaced(/^(\s*)- /, '$1'),
  'a full-width colon': replaced(/: /, '：'),
  'a full-width colon, last': replaced(/: ([^:]*)$/, '：$1'),
  'a full-width colon and a space': replaced(/: /, '： '),
  'a full-width colon at the end': replaced(/:$/, '：'),
  'a full-width comma': replaced(/, /, '，'),
  'a full-width comma, last': replaced(/, ([^,]*)$/, '，$1'),
  'full-width quotes': replaced(/'([^']+)'/, '‘$1’'),
  'full-width brackets': replaced(/\[([^\]]*)\]/, '［$1］'),
  'full-width braces': replaced(/\{ (.*) \}/, '｛$1｝'),
  'a full-width brace at the end': replaced(/ \}$/, ' ｝'),
  'a full-width space': replaced(/^ {2}/, '\u3000'),
  'one space too many': replaced(/^(\s+[a-z-]+:)/i, ' $1'),
  'one space too few': replaced(/^ (\s*[a-z-]+:)/i, '$1'),
  'two spaces too many': replaced(/^(\s+[a-z-]+:)/i, '  $1'),
  'two spaces too few': replaced(/^ {2}(\s*[a-z-]+:)/i, '$1'),
  'two spaces too many before a dash': replaced(/^(\s*- )/, '  $1'),
  'two spaces too few before a dash': replaced(/^ {2}(\s*- )/, '$1'),
};

/** The smallest definition is tried at every line, a large one here and there. */
const TRIED = [
  { path: 'definitions/first', stride: 1 },
  { path: 'definitions/linwei-2020', stride: 97 },
];

interface Told {
  readonly place: string;
  readonly issues: readonly Issue[];
  readonly isThere: boolean;
}

function* tellingsOf(slip: (line: string) => string): Generator<Told> {
  for (const { path, stride } of TRIED) {
    const input = readDefinition(path);
    const sound = compileDefinition(input);
    let seen = 0;
    for (const file of input.files) {
      const lines = file.text.split('\n');
      for (const [index, line] of lines.entries()) {
        const changed = slip(line);
        if (changed === line || /^\s*#/.test(line)) continue;
        seen += 1;
        if ((seen - 1) % stride !== 0) continue;
        const text = lines.with(index, changed).join('\n');
        const files = input.files.map((each) => (each === file ? { ...file, text } : each));
        const compiled = compileDefinition({ ...input, files });
        if ('plan' in compiled && 'plan' in sound && compiled.hash === sound.hash) continue;
        const issues = 'issues' in compiled ? compiled.issues : compiled.warnings;
        // A parser may see only in the next line that something is missing in this one.
        const isThere = issues.some(({ related = [], ...issue }) =>
          [issue, ...related].some((told) => told.file === file.path && Math.abs(told.line - index - 1) <= 1),
        );
        yield { place: `${file.path}:${index + 1} ${changed.trim()}`, issues, isThere };
      }
    }
  }
}

describe.each(Object.entries(SLIPS))('%s', (name, slip) => {
  it('is one issue, and told where it is', () => {
    const told = [...tellingsOf(slip)];
    const say = ({ place, issues }: Told): string =>
      `${place} -> ${issues.map(({ line, code }) => `${line} ${code}`).join(', ')}`;
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter(({ issues }) => issues.length !== 1).map(say)).toEqual([]);
    const far = told.filter(({ isThere }) => !isThere);
    expect(far.length / told.length, far.map(say).join('\n')).toBeLessThanOrEqual(0.07);
    if (!name.includes('full-width')) return;
    const others = told.filter(({ issues }) => issues[0]!.code !== 'PUNCTUATION');
    expect(others.map(say)).toEqual([]);
  });
});
