/** Another version of the drill, as an office would change it in mid-campaign. */
import { join } from 'node:path';
import type { AdjustmentRequest } from '../../client/adjust.ts';
import type { CompiledPlan } from '../../client/api.ts';
import type { ShigeyiClient } from '../../client/shigeyi.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import { succeed } from '../../compiler/succeed.ts';
import type { TimerPolicy } from '../../model/adjustment.ts';

const HERE = import.meta.dirname;

/** Where something stands in the drill's text, and what stands there instead. */
const CHANGES: readonly (readonly [was: string, is: string])[] = [
  // Visits get two days more, photographs are no longer asked for, and lists are accepted by the office too.
  [
    '            due: { workingDays: 2 }\n            assigns: { cadre: cadre }',
    '            due: { workingDays: 4 }\n            assigns: { cadre: cadre }',
  ],
  ['          # What a phase can never be asked for again: its end closes it.\n', ''],
  [
    '          - { id: photo, title: { zh: 现场照片, en: Photograph }, basis: house, scope: household, holder: union-officer, form: note, atEnd: close }\n',
    // A second look comes in their place.
    '          - { id: second-look, title: { zh: 复访, en: Second look }, basis: house, scope: household, holder: union-officer, form: note, after: [visit] }\n',
  ],
  [
    'reviews: [{ confirm: cadre }, { accept: union-head }]',
    'reviews: [{ confirm: cadre }, { accept: union-head }, { accept: office }]',
  ],
];

export const amendedDrill: CompiledPlan = compileAmended();

function compileAmended(): CompiledPlan {
  const calendars = join(HERE, '../../definitions/calendars');
  const { files, ...more } = readDefinition(join(HERE, 'definition'), { calendars });
  const amended = files.map(({ text, ...file }) => ({ ...file, text: CHANGES.reduce(replaceOnce, text) }));
  const compiled = compileDefinition({ files: amended, ...more });
  if ('plan' in compiled) return compiled;
  throw new Error(`the amended drill does not compile: ${JSON.stringify(compiled.issues)}`);
}

function replaceOnce(text: string, [was, is]: readonly [string, string]): string {
  if (text.split(was).length !== 2) throw new Error(`the drill has this not just once: ${was}`);
  return text.replace(was, is);
}

/** Asks for a drill that goes on to be amended like this. */
export async function amendmentOf(
  client: Pick<ShigeyiClient, 'runningPlan'>,
  run: string,
  timers: TimerPolicy = 'recompute',
): Promise<AdjustmentRequest> {
  const { now, ...running } = await client.runningPlan(run);
  const succession = succeed(running, amendedDrill, { now, timers });
  if ('issues' in succession) throw new Error(JSON.stringify(succession.issues));
  const { adjustment, compiled: next } = succession;
  return { run, for: { all: true }, adjustment, next, reason: '示例：延长走访时间' };
}
