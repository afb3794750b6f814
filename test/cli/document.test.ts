import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/commands.ts';
import { renderCliPage } from '../../cli/document.ts';

describe('docs/cli.md', () => {
  it('is what the commands say of themselves', () => expect(renderCliPage(COMMANDS)).toMatchFileSnapshot('../../docs/cli.md'));

  it('gives every command an example', () => {
    for (const { examples } of COMMANDS) expect(examples.length).toBeGreaterThan(0);
  });
});
