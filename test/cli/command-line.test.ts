import { describe, expect, it } from 'vitest';
import { commandLine } from '../../cli/command-line.ts';
import { COMMANDS } from '../../cli/commands.ts';
import { createFakeClient, tell } from './fake-host.ts';

describe('a command to copy', () => {
  it.each([
    [['tasks', 'autumn', '--open'], 'npx shigeyi tasks autumn --open'],
    [['extend', '--reason', 'flooded roads'], 'npx shigeyi extend --reason "flooded roads"'],
    [['extend', '--reason', '道路被淹'], 'npx shigeyi extend --reason 道路被淹'],
    [['extend', '--reason', "the household's wish"], `npx shigeyi extend --reason "the household's wish"`],
    [['extend', '--reason', "it's $5"], String.raw`npx shigeyi extend --reason 'it'\''s $5'`],
    [['extend', '--reason', ''], 'npx shigeyi extend --reason ""'],
  ])('is as it was typed, in quotes where a shell needs them: %j', (words, line) => expect(commandLine(words)).toBe(line));

  it.each([
    'extend autumn h/h-001/visit --by 3d --reason "flooded roads"',
    'pause autumn --union union-01 --reason "flooded roads" --as head-1',
    'reassign autumn h/h-001/visit --to cadre-9 --reason "on leave" --id c-1',
    'cover autumn officer-1 --by officer-2 --until 2020-11-06 --reason "on leave"',
    'roster autumn register.xlsx --withdraw-gone --reason "register of November"',
  ])('is all of what a preview closes with: %s', async (typed) => {
    const { client } = createFakeClient();
    expect((await tell(typed, { client })).out).toContain(`npx shigeyi ${typed} --apply abc123`);
  });

  it('lacks only the reason, where a register was looked at without one', async () =>
    expect((await tell('roster autumn register.xlsx')).out).toContain(
      'npx shigeyi roster autumn register.xlsx --reason "…" --apply abc123',
    ));
});

describe('an example', () => {
  it('does not start on a day that passes, but on a clock of its own', () => {
    const dated = COMMANDS.flatMap(({ examples }) => examples).filter((example) => example.includes('--starts'));
    expect(dated.filter((example) => example.startsWith('start ') && !example.includes('--rehearse'))).toEqual([]);
  });
});
