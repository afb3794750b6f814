import { AuditExport } from '../audit-shapes.ts';
import { defineCommand } from '../command.ts';
import { EXIT } from '../failure.ts';
import { withClient } from '../host.ts';
import { createWalk } from '../walk.ts';
import { counted } from '../counted.ts';

export const auditExportCommand = defineCommand({
  name: 'audit export',
  summary: 'Writes the audit of a run into a file, with the hashes that show whether it was changed.',
  about:
    'One JSON text a line: a heading, the anchors, each instance with its rows, an end. An anchor is made first, and the file holds what it covers. Keep its hash somewhere else: it shows that neither file nor database were made anew. No words and no names are in the file; reasons are there by their ids.',
  arguments: { run: { kind: 'required', about: 'The run.' } },
  options: {
    to: { value: 'file', about: 'A file that does not exist yet.', required: true },
    household: { value: 'id', about: 'Only the rows of this household.' },
  },
  answer: AuditExport,
  examples: ['audit export linwei-2020 --to audit.jsonl', 'audit export linwei-2020 --household 2001 --to 2001.jsonl'],
  async run({ arguments: { run }, options: { to: file, household } }, context) {
    const { host, answer } = context;
    await withClient(host, async (client) => {
      const walk = createWalk(context, 'exported');
      const made = await walk.during((onProgress) =>
        client.exportAudit(run, {
          ...(household && { household }),
          write: (lines) => host.writeLines(file, lines),
          onProgress,
        }),
      );
      answer({ ...made, file }, () =>
        [
          `${counted(made.rows, 'row')} of ${counted(made.instances, 'instance')} are in ${file}.`,
          `They are covered by anchor ${made.anchor.number}: ${made.anchor.hash}`,
          `Check the file with: npx shigeyi audit verify ${run} --file ${file}`,
        ].join('\n'),
      );
    });
    return EXIT.done;
  },
});
