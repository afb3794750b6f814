/** Looks into a workbook before anybody inflates it as a whole: a small file can hold gigabytes, and say otherwise. */
import yauzl from 'yauzl';
import { ROSTER_LIMITS } from './limits.ts';
import type { Complaint } from './roster-issue.ts';

const TOO_LARGE: Complaint = {
  code: 'ROSTER_TOO_LARGE',
  message: `the workbook has more than ${ROSTER_LIMITS.entries} parts or inflates to more than ${ROSTER_LIMITS.inflatedBytes} bytes`,
  hint: 'remove pictures and other sheets, or save each sheet as a CSV file and give the folder',
};
const UNREADABLE: Complaint = {
  code: 'ROSTER_UNREADABLE',
  message: 'the workbook is damaged or protected',
  hint: 'open it in a spreadsheet program, remove the password, and save it again as .xlsx',
};
const NOT_XLSX: Complaint = {
  code: 'ROSTER_NOT_XLSX',
  message: 'the file is no .xlsx workbook',
  hint: 'save it as .xlsx without a password, or save each sheet as a CSV file and give the folder',
};

/** What is wrong with these bytes as a workbook, or undefined. Declared sizes are asked first; then each part is inflated alone and thrown away. */
export async function findZipFault(bytes: Buffer): Promise<Complaint | undefined> {
  // "PK": every zip begins so. An .xls, or an .xlsx with a password, does not.
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') return NOT_XLSX;
  try {
    const zip = await yauzl.fromBufferPromise(bytes, { validateEntrySizes: true });
    if (zip.entryCount > ROSTER_LIMITS.entries) return TOO_LARGE;
    const entries: yauzl.Entry[] = [];
    let declared = 0;
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
      declared += entry.uncompressedSize;
      if (declared > ROSTER_LIMITS.inflatedBytes) return TOO_LARGE;
    }
    if (!entries.some(({ fileName }) => fileName === 'xl/workbook.xml')) return NOT_XLSX;
    return (await inflatesBeyond(zip, { entries, limit: ROSTER_LIMITS.inflatedBytes })) ? TOO_LARGE : undefined;
  } catch {
    // yauzl's words may quote a file name; that the file cannot be read is all a reader can act on.
    return UNREADABLE;
  }
}

/** A part that is longer than it declares ends in an error of yauzl's. */
async function inflatesBeyond(
  zip: yauzl.ZipFile,
  { entries, limit }: { entries: readonly yauzl.Entry[]; limit: number },
): Promise<boolean> {
  let inflated = 0;
  for (const entry of entries) {
    if (entry.fileName.endsWith('/')) continue;
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      inflated += (chunk as Buffer).length;
      if (inflated > limit) return true;
    }
  }
  return false;
}
