/** A share of something, as a bar of letters that every terminal and log has. */
const WIDTH = 24;

/** `share` from 0 to 1. */
export function drawBar(share: number): string {
  const full = Math.floor(Math.min(1, Math.max(0, share)) * WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${`${Math.floor(share * 100)}%`.padStart(4)}`;
}
