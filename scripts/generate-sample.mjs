// Writes the sample register of the first campaign, as a workbook and as text: node --import tsx scripts/generate-sample.mjs
import { fileURLToPath } from 'node:url';
import { createSampleRoster } from '../roster/sample.ts';
import { writeRosterCsv } from '../roster/write-csv.ts';
import { writeRosterXlsx } from '../roster/write-xlsx.ts';

const campaign = fileURLToPath(new URL('../definitions/linwei-2020/', import.meta.url));
// The seed is the number of the document that started the campaign.
const roster = createSampleRoster({ seed: 62 });
await writeRosterXlsx(roster, `${campaign}sample-roster.xlsx`);
await writeRosterCsv(roster, `${campaign}sample-roster`);
