/** Another version of the drill, as an office would change it in mid-campaign. */
import { join } from 'node:path';
import type { CompiledPlan } from '../../client/api.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';

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
