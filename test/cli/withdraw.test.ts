/** The commands that take somebody out of a run and let them back in, on a machine that is made up. */
import { describe, expect, it } from 'vitest';
import { AdjustmentAnswer } from '../../cli/adjustment.ts';
import { createFakeClient, tell } from './fake-host.ts';

const REASON = '--reason "moved away"';

describe.each(['withdraw', 'readmit'] as const)('%s', (kind) => {
  it.each([
    ['a union and its households', '--union union-01', { union: 'union-01' }, 'union'],
    ['one household', '--household h-001', { instance: 'h/h-001' }, 'self'],
  ])('is for %s', async (_whom, options, scope, cause) => {
    const { client, asked } = createFakeClient();
    await tell(`${kind} autumn ${options} ${REASON} --as head-1 --id c1 --apply abc`, { client });
    expect(asked).toEqual([
      {
        ...{ run: 'autumn', for: scope, adjustment: { kind, cause }, reason: 'moved away' },
        ...{ person: 'head-1', id: 'c1', expect: 'abc' },
      },
    ]);
  });

  it('is misused for nobody, and for several at once', async () => {
    expect((await tell(`${kind} autumn ${REASON}`)).exit).toBe(2);
    expect((await tell(`${kind} autumn --union union-01 --household h-001 ${REASON}`)).exit).toBe(2);
  });

  it('only shows what it would do, until it is applied, and prints what --json promises', async () => {
    const { out } = await tell(`${kind} autumn --household h-001 ${REASON} --json`);
    expect(AdjustmentAnswer.parse(JSON.parse(out))).toMatchObject({ applied: false });
  });
});
