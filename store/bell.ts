/** Rings when Postgres says that outbox rows are ready; also every so often, because a bell may be missed while a connection is lost. */
import pg from 'pg';

const CHANNEL = 'shigeyi_outbox';
const RECONNECT_MS = 1_000;
const CONNECT_MS = 5_000;
/** How long a parting may take. A server that is gone says no farewell. */
const PARTING_MS = 2_000;

export interface Bell {
  /** Resolves at the next ring, or after `withinMs`. A ring that came since the last call counts. */
  next(withinMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** `onLost` is told of each connection that was lost or not to be had; the bell connects again by itself. */
export function hangBell(url: string, { onLost }: { onLost: (failure: Error) => void }): Bell {
  let rung = false;
  let listener: (() => void) | undefined;
  let client: pg.Client | undefined;
  let stopped = false;
  const ring = (): void => {
    rung = true;
    listener?.();
  };
  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'shigeyi-bell',
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: CONNECT_MS,
      keepAlive: true,
    });
    client = fresh;
    let lost = false;
    // One loss may be told twice, by the connection and by the query under way: two bells would hang afterwards.
    const lose = (failure: Error): void => {
      if (lost || stopped) return;
      lost = true;
      onLost(failure);
      fresh.end().catch(() => undefined);
      setTimeout(() => {
        if (!stopped) void connect();
      }, RECONNECT_MS).unref();
    };
    fresh.on('error', lose);
    fresh.on('notification', ring);
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      ring();
    } catch (failure) {
      lose(failure as Error);
    }
  };
  void connect();
  return {
    async next(withinMs) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, withinMs);
          listener = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      listener = undefined;
      rung = false;
    },
    async stop() {
      stopped = true;
      ring();
      const parting = client?.end().catch(() => undefined);
      await Promise.race([parting, new Promise((resolve) => setTimeout(resolve, PARTING_MS).unref())]);
    },
  };
}
