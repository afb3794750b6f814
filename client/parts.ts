/** What the client works with. Whoever wires it owns the connections. */
import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Sealer } from '../store/sealer.ts';
import type { CommandSender } from './commands.ts';
import type { PlanShelf } from '../store/plan-shelf.ts';

export interface ClientParts {
  readonly temporal: Client;
  /** As shigeyi_worker: starting runs, confirming flushes, verifying. */
  readonly enginePool: Pool;
  /** As shigeyi_app: what people read and hand in, under row-level security. */
  readonly appPool: Pool;
  readonly sealer: Sealer;
}

export interface ClientRoom extends ClientParts {
  readonly plans: PlanShelf;
  readonly sender: CommandSender;
}
