/** Everything a world tells, kept. */
import type { AuditEntry, OutboxMessage } from '../model/flush.ts';
import type { Observer } from './world.ts';

export interface Records {
  readonly messages: { readonly instance: string; readonly entry: OutboxMessage }[];
  readonly audit: { readonly instance: string; readonly entry: AuditEntry }[];
  readonly observer: Observer;
}

export function keepRecords(): Records {
  const messages: Records['messages'] = [];
  const audit: Records['audit'] = [];
  return {
    messages,
    audit,
    observer: {
      message: (instance, entry) => void messages.push({ instance, entry }),
      audit: (instance, entry) => void audit.push({ instance, entry }),
    },
  };
}
