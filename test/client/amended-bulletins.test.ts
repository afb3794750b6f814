/** Bulletins that wait for the end of quiet hours while the definition is amended. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { advanceRun } from '../../client/stepping.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { succeed } from '../../compiler/succeed.ts';
import { createSampleRoster } from '../../roster/sample.ts';
import { beijing, OPENS } from '../running/drill.ts';
import { type Engine, newRunId, openEngine } from '../running/engine.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The definition whose scopes wait for each other, with evenings in which nobody is written to. */
function compiledWith(change: (text: string) => string) {
  const { files, ...more } = readDefinition(join(ROOT, 'test/running/gated'), { calendars: join(ROOT, 'definitions/calendars') });
  const quiet = (text: string): string => text.replace('\nroles:\n', "\nhours: { quiet: '16:00-08:00' }\nroles:\n");
  const compiled = compileDefinition({
    ...more,
    files: files.map(({ text, ...file }) => ({ ...file, text: change(quiet(text)) })),
  });
  if ('issues' in compiled) throw new Error(JSON.stringify(compiled.issues));
  return compiled;
}

let engine: Engine;
const run = newRunId();
const told = (recipient: string): string => {
  const file = join(engine.messages, run, `${recipient}.txt`);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

beforeAll(async () => {
  engine = await openEngine();
  const clock = { kind: 'stepped', anchor: OPENS - 86_400_000 } as const;
  const roster = createSampleRoster({ seed: 7, unions: 1, households: 1, earlier: 0 });
  await engine.client.start({ compiled: compiledWith((text) => text), roster, run, clock, author: 'operator' });
  // Both are issued, and wait for the morning.
  await advanceRun(engine.client.room, { run, to: beijing('10-12 18:00') });
  const { now, ...running } = await engine.client.runningPlan(run);
  const version = compiledWith((text) => text.replace(/^ {2}daily: .*\n/m, '').replace('zh: 通报', 'zh: 快讯'));
  const succession = succeed(running, version, { now, timers: 'recompute' });
  if ('issues' in succession) throw new Error(JSON.stringify(succession.issues));
  const { adjustment, compiled: next } = succession;
  await engine.client.adjust({ run, for: { all: true }, adjustment, next, reason: '示例：不再每日报送' });
  await advanceRun(engine.client.room, { run, to: beijing('10-13 09:00') });
}, 60_000);
afterAll(() => engine?.close());

describe('a bulletin that was issued in quiet hours', () => {
  it('is not sent when an amendment has taken it out by then, and nothing waits for it', async () => {
    expect(told('office-1')).not.toContain('日报');
    const { rows } = await engine.pool.query<{ state: string }>(
      "select state from outbox where run_id = $1 and payload->>'kind' = 'bulletin' and state <> 'sent'",
      [run],
    );
    expect(rows).toEqual([]);
  });

  it('is told of in the log, where it is not sent', () =>
    expect(engine.logged.join('\n')).toContain('a bulletin that an amendment took out was not sent'));

  it('is sent as the amended definition has it, where that still has it', () => {
    expect(told('union-01-officer-1')).toContain('快讯 第1期');
    expect(told('union-01-officer-1')).not.toContain('通报');
  });
});
