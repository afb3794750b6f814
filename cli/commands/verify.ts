import type { Verification as Found } from '../../client/api.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { withClient } from '../host.ts';
import { Verification } from '../shapes.ts';
import { counted } from '../counted.ts';

export const verifyCommand = defineCommand({
  name: 'verify',
  summary: 'Compares what the workflows hold with what the database holds.',
  about: 'Ends with 0 when the books balance, and with 1 when they do not.',
  arguments: { run: { kind: 'required', about: 'The run.' } },
  options: { repair: { about: 'Write again what the database lacks.' } },
  answer: Verification,
  examples: ['verify linwei-2020', 'verify linwei-2020 --repair'],
  async run({ arguments: { run }, options: { repair = false } }, { host, answer }) {
    return await withClient(host, async (client) => {
      const found = await client.verify(run, { repair });
      answer(found, () => formatVerification(found));
      return found.clean ? EXIT.done : EXIT.refused;
    });
  },
});

export function formatVerification({ run, instances, clean, discrepancies }: Found): string {
  const lines = discrepancies.map(
    ({ kind, place, expected, found, repaired }) =>
      `${kind} ${place}: expected ${expected}, found ${found}${repaired ? ', repaired' : ''}`,
  );
  const left = discrepancies.filter(({ repaired }) => !repaired).length;
  const closing = clean
    ? `The books of ${run} balance: ${counted(instances, 'instance')} compared.`
    : `The books of ${run} do not balance: ${counted(left, 'difference')} in ${counted(instances, 'instance')}. Try: npx shigeyi verify ${run} --repair`;
  return [...lines, closing].join('\n');
}
