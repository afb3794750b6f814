/**
 * Named places at which a process can be told to die, so that tests can kill it exactly there. Off unless `SHIGEYI_FAILPOINT` names one
 * (`name` for the first time it is reached, `name:3` for the third); production never sets it.
 */
export const FAILPOINTS = [
  'after-submission',
  'in-flush',
  'after-commit',
  'before-answer',
  'before-send',
  'after-send',
  'before-continue-as-new',
] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

let reached = 0;

/** Dies by SIGKILL when this is the place and the time asked for: no clean-up runs, as when the machine is switched off. */
export function failpoint(name: Failpoint): void {
  const asked = process.env.SHIGEYI_FAILPOINT;
  if (asked === undefined) return;
  const [wanted, count = '1'] = asked.split(':');
  if (wanted !== name) return;
  reached += 1;
  if (reached === Number(count)) process.kill(process.pid, 'SIGKILL');
}
