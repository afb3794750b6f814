import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFINITION } from './fake-host.ts';

/** Writes the first union of the sample, with so many of its households, as a folder of CSV files; the federation's own people are all there. */
export function writeSmallRegister(folder: string, { households }: { households: number }): void {
  mkdirSync(folder, { recursive: true });
  const keep = (file: string, isKept: (line: string) => boolean): void => {
    const [heading, ...lines] = readFileSync(join(DEFINITION, 'sample-roster', file), 'utf8').split(/\r?\n/);
    writeFileSync(join(folder, file), [heading, ...lines.filter(isKept)].join('\r\n'));
  };
  let left = households;
  keep('工会.csv', (line) => line.startsWith('union-01,'));
  keep('人员.csv', (line) => line.includes('区总工会') || line.includes('union-01'));
  keep('困难职工.csv', (line) => line.includes(',union-01,') && left-- > 0);
}
