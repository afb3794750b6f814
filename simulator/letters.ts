/** What worlds that are played one after another have to tell each other, each at its own instant. */
import type { GateRow, OutboxCommand } from '../model/flush.ts';
import type { Instant } from '../model/plan.ts';

export interface Letter {
  readonly at: Instant;
  readonly about: /** Somebody new, whom gates wait for from now on; and that they have begun. */
    | ({ readonly kind: 'expected' | 'joined' } & Sender)
    /** How a task stands, to a gate that counts it. */
    | ({ readonly kind: 'said'; readonly row: GateRow } & Sender)
    | { readonly kind: 'command'; readonly to: string; readonly command: OutboxCommand['command'] };
}

interface Sender {
  readonly instance: string;
  readonly union: string | null;
}
