import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRoster } from '../../roster/read-roster.ts';
import { writeRosterCsv } from '../../roster/write-csv.ts';
import { writeRosterXlsx } from '../../roster/write-xlsx.ts';
import { withTemporaryDirectory } from '../temporary-directory.ts';
import { arbitraryRoster } from './arbitrary-roster.ts';
import { AS_OF } from './builders.ts';

const asOf = AS_OF;

describe('a roster that is written and read again', () => {
  it('is the same through CSV files', async () =>
    await withTemporaryDirectory(async (folder) => {
      await fc.assert(
        fc.asyncProperty(arbitraryRoster, async (roster) => {
          await writeRosterCsv(roster, folder);
          expect(await readRoster(folder, { asOf })).toEqual({ roster, issues: [] });
        }),
        { numRuns: 150 },
      );
    }));
  it('is the same through a workbook', async () =>
    await withTemporaryDirectory(async (folder) => {
      const path = join(folder, 'register.xlsx');
      await fc.assert(
        fc.asyncProperty(arbitraryRoster, async (roster) => {
          await writeRosterXlsx(roster, path);
          expect(await readRoster(path, { asOf })).toEqual({ roster, issues: [] });
        }),
        { numRuns: 40 },
      );
    }));
});
