/** `--set` on the command line: the values reach every command that compiles a definition, and what does not fit is told of. */
import { describe, expect, it } from 'vitest';
import { createFakeClient, tell } from './fake-host.ts';

const AID = 'definitions/mutual-aid-2026';

describe('--set', () => {
  it.each([
    [`check ${AID} --set year=2025`, 'mutual-aid-2025 is sound'],
    [`explain ${AID} summary --set year=2025`, '2025-10-'],
    [`graph ${AID} --as gantt --set year=2025`, '2025年度职工医疗互助续保'],
    [`diff ${AID} ${AID} --set year=2025`, 'id: mutual-aid-2026 → mutual-aid-2025'],
    [`simulate ${AID} --unions 1 --households 2 --set year=2025`, '2025-'],
  ])('gives a parameter its value in: %s', async (words, expected) => {
    const { exit, out } = await tell(words);
    expect({ exit, out }).toEqual({ exit: 0, out: expect.stringContaining(expected) });
  });

  it('starts the run with the values', async () => {
    const { client, asked } = createFakeClient();
    const { exit } = await tell(`start ${AID} --roster r.xlsx --set year=2025 --rehearse 1d`, { client });
    expect(exit).toBe(0);
    const [{ compiled }] = asked as [{ compiled: { plan: { campaign: string } } }];
    expect(compiled.plan.campaign).toBe('mutual-aid-2025');
  });

  it.each([
    ['a name that the definition does not have', 'yaer=2025', 'UNKNOWN_PARAMETER', "did you mean 'year'?"],
    ['a value of another kind', 'year=soon', 'PARAMETER_MISFIT', 'a number'],
  ])('is an issue of the definition for %s', async (_what, setting, code, hint) => {
    const { exit, out } = await tell(`check ${AID} --set ${setting}`);
    expect(exit).toBe(1);
    expect(out).toContain(code);
    expect(out).toContain(hint);
  });

  it.each([
    ['year', 'Use name=value'],
    ['year=2025 --set year=2026', "'year' is set twice"],
  ])('is refused as --set %s', async (words, message) => {
    const { exit, err } = await tell(`check ${AID} --set ${words}`);
    expect([exit, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
