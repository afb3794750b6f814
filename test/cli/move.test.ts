/** The command that lets a household go over to another union, on a machine that is made up. */
import { describe, expect, it } from 'vitest';
import { AdjustmentAnswer } from '../../cli/adjustment.ts';
import { createFakeClient, tell } from './fake-host.ts';

const REASON = '--reason "works elsewhere now"';

describe('move', () => {
  it('is for one household, and names the union it goes to', async () => {
    const { client, asked } = createFakeClient();
    await tell(`move autumn h-001 --to union-02 ${REASON} --as head-1 --id c1 --apply abc`, { client });
    expect(asked).toEqual([
      {
        ...{ run: 'autumn', for: { instance: 'h/h-001' }, adjustment: { kind: 'move', to: 'union-02' } },
        ...{ reason: 'works elsewhere now', person: 'head-1', id: 'c1', expect: 'abc' },
      },
    ]);
  });

  it('is misused without a union or without a reason', async () => {
    expect((await tell(`move autumn h-001 ${REASON}`)).exit).toBe(2);
    expect((await tell('move autumn h-001 --to union-02')).exit).toBe(2);
  });

  it('only shows what it would do, until it is applied, and prints what --json promises', async () => {
    const { out } = await tell(`move autumn h-001 --to union-02 ${REASON} --json`);
    expect(AdjustmentAnswer.parse(JSON.parse(out))).toMatchObject({ applied: false });
  });
});
