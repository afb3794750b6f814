import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { renderCliPage } from '../../cli/document.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';

const ROOT = join(import.meta.dirname, '../..');
const STARTS = COMMANDS.flatMap(({ examples }) =>
  examples.flatMap((example) => {
    const [, path, starts] = /(definitions\/\S+).*--starts (\S+)/.exec(example) ?? [];
    return path !== undefined && starts !== undefined ? [{ path, starts }] : [];
  }),
);

describe('docs/cli.md', () => {
  it('is what the commands say of themselves', () => expect(renderCliPage(COMMANDS)).toMatchFileSnapshot('../../docs/cli.md'));

  it('gives every command an example', () => {
    for (const { examples } of COMMANDS) expect(examples.length).toBeGreaterThan(0);
  });

  it('names starts that the shipped calendars reach', () => {
    expect(STARTS).not.toEqual([]);
    for (const { path, starts } of STARTS) {
      const read = readDefinition(join(ROOT, path), { calendars: join(ROOT, 'definitions/calendars') });
      expect(compileDefinition({ ...read, starts })).not.toHaveProperty('issues');
    }
  });
});
