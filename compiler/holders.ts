/** Who holds a task, however it is written. */
import type { Task } from './language.ts';

/** The role that holds it; undefined when its row says who does. */
export function holdingRole({ holder }: Pick<Task, 'holder'>): string | undefined {
  if (typeof holder === 'string') return holder;
  return 'role' in holder ? holder.role : undefined;
}

/** The column of its row that names who holds it. */
export function holdingColumn({ holder }: Pick<Task, 'holder'>): string | undefined {
  return typeof holder === 'object' && 'row' in holder ? holder.row : undefined;
}
