import type { AuditFinding, AuditVerification as Found } from '../../client/api.ts';
import { verifyExport } from '../../client/audit-file.ts';
import { AuditVerification } from '../audit-shapes.ts';
import { defineCommand } from '../command.ts';
import { EXIT, misuse } from '../failure.ts';
import { withClient } from '../host.ts';
import { createWalk } from '../walk.ts';
import { counted } from '../counted.ts';

const SHOWN = 20;

export const auditVerifyCommand = defineCommand({
  name: 'audit verify',
  summary: 'Makes every hash of the audit again, and says where it was changed.',
  about:
    'Ends with 0 when it is as it was written, and with 1 when a row or an anchor was changed, taken out, put in or moved: the first place is named. A file is checked without any database. Against a file, the database must still hold what was exported then, even if all its hashes were made anew.',
  arguments: { run: { kind: 'required', about: 'The run.' } },
  options: {
    file: { value: 'file', about: 'Check this export, and no database.' },
    against: { value: 'file', about: 'Check the database, also against this export made earlier.' },
  },
  answer: AuditVerification,
  examples: ['audit verify linwei-2020', 'audit verify linwei-2020 --file audit.jsonl'],
  async run({ arguments: { run }, options: { file, against } }, context) {
    const { host, answer } = context;
    if (file !== undefined && against !== undefined)
      throw misuse('--file and --against are two different checks', 'give one of them');
    const found =
      file === undefined
        ? await withClient(host, (client) =>
            createWalk(context, 'checked').during((onProgress) =>
              client.verifyAudit(run, { ...(against && { against: host.readLines(against) }), onProgress }),
            ),
          )
        : await verifyExport(host.readLines(file), { run });
    answer(found, () => formatFound(found));
    return found.intact ? EXIT.done : EXIT.refused;
  },
});

function formatFound({ run, intact, instances, rows, anchors, lastAnchor, findings }: Found): string {
  const extent = `${counted(rows, 'row')} of ${counted(instances, 'instance')}, ${counted(anchors, 'anchor')}`;
  const last = lastAnchor === null ? [] : [`The last anchor is ${lastAnchor}`];
  if (intact) return [`The audit of ${run} is as it was written: ${extent}.`, ...last].join('\n');
  const more = findings.length - SHOWN;
  return [
    `The audit of ${run} is not as it was written: ${extent}. First wrong is ${placeOf(findings[0]!)}.`,
    ...findings.slice(0, SHOWN).map((finding) => `  ${placeOf(finding)}: ${finding.kind}, ${finding.message}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...last,
  ].join('\n');
}

function placeOf({ instance, seq, anchor }: AuditFinding): string {
  if (instance !== null) return seq === null ? instance : `row ${seq} of ${instance}`;
  return anchor === null ? 'the file' : `anchor ${anchor}`;
}
