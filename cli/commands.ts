/** Every command there is, in the order of the help and of docs/cli.md. One of two words stands behind that of the first. */
import type { CommandSpec } from './command.ts';
import { admitCommand } from './commands/admit.ts';
import { auditCommand } from './commands/audit.ts';
import { auditExportCommand } from './commands/audit-export.ts';
import { auditVerifyCommand } from './commands/audit-verify.ts';
import { checkCommand } from './commands/check.ts';
import { completeCommand } from './commands/complete.ts';
import { coverCommand } from './commands/cover.ts';
import { delegateCommand } from './commands/delegate.ts';
import { demoCommand } from './commands/demo.ts';
import { diffCommand } from './commands/diff.ts';
import { explainCommand } from './commands/explain.ts';
import { amendCommand } from './commands/amend.ts';
import { assignCommand } from './commands/assign.ts';
import { extendCommand } from './commands/extend.ts';
import { formCommand } from './commands/form.ts';
import { graphCommand } from './commands/graph.ts';
import { handoverCommand } from './commands/handover.ts';
import { newCommand } from './commands/new.ts';
import { pauseCommand, resumeCommand } from './commands/pause.ts';
import { moveCommand } from './commands/move.ts';
import { readmitCommand, withdrawCommand } from './commands/withdraw.ts';
import { reassignCommand } from './commands/reassign.ts';
import { recallCommand } from './commands/recall.ts';
import { reopenCommand } from './commands/reopen.ts';
import { retractCommand } from './commands/retract.ts';
import { reportCommand } from './commands/report.ts';
import { reviewCommand } from './commands/review.ts';
import { revisionCommand } from './commands/revision.ts';
import { rollCommand } from './commands/roll.ts';
import { rosterCommand } from './commands/roster.ts';
import { simulateCommand } from './commands/simulate.ts';
import { startCommand } from './commands/start.ts';
import { statusCommand } from './commands/status.ts';
import { tasksCommand } from './commands/tasks.ts';
import { testCommand } from './commands/test.ts';
import { uncoverCommand } from './commands/uncover.ts';
import { upCommand } from './commands/up.ts';
import { verifyCommand } from './commands/verify.ts';
import { waiveCommand } from './commands/waive.ts';
import { workerCommand } from './commands/worker.ts';

export const COMMANDS: readonly CommandSpec[] = [
  newCommand,
  checkCommand,
  testCommand,
  simulateCommand,
  explainCommand,
  graphCommand,
  diffCommand,
  startCommand,
  statusCommand,
  tasksCommand,
  formCommand,
  completeCommand,
  reviewCommand,
  assignCommand,
  extendCommand,
  reassignCommand,
  delegateCommand,
  recallCommand,
  coverCommand,
  uncoverCommand,
  handoverCommand,
  waiveCommand,
  reopenCommand,
  retractCommand,
  amendCommand,
  pauseCommand,
  resumeCommand,
  withdrawCommand,
  readmitCommand,
  moveCommand,
  admitCommand,
  rosterCommand,
  revisionCommand,
  reportCommand,
  verifyCommand,
  auditCommand,
  auditExportCommand,
  auditVerifyCommand,
  upCommand,
  workerCommand,
  rollCommand,
  demoCommand,
];
