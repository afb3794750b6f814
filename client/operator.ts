/** The identity under which the office's own tools read: everything of every run, nothing handed in under this name. */
import type { Identity } from '../store/pool.ts';

export const OPERATOR = { role: 'office', person: 'operator' } as const satisfies Identity;
