import type { Queryable } from './pool.ts';
import { keyPlace, type PlacedKey, type Sealer, type StoredKey } from './sealer.ts';
import { StoreError } from './store-error.ts';

/** `holder` is an instance ('c', 'u/…', 'h/…') or a person ('p/…'). */
export interface KeyHolder {
  readonly run: string;
  readonly holder: string;
}

export async function getDataKey(db: Queryable, { run, holder }: KeyHolder): Promise<PlacedKey> {
  const { rows } = await db.query<StoredKey>(
    `select key_id as "keyId", wrapped from data_keys where run_id = $1 and holder = $2`,
    [run, holder],
  );
  const [key] = rows;
  if (key === undefined) {
    throw new StoreError({
      code: 'DATA_KEY_GONE',
      message: `there is no data key of '${holder}' in run '${run}'`,
      remedy: 'It was erased, or the holder was never enrolled: what it sealed cannot be read or added to.',
    });
  }
  return { ...key, place: keyPlace(run, holder) };
}

/** One new key for each holder, in their order. */
export async function createDataKeys(
  db: Queryable,
  { run, holders, sealer }: { run: string; holders: readonly string[]; sealer: Sealer },
): Promise<PlacedKey[]> {
  const keys = holders.map((holder) => ({ place: keyPlace(run, holder), ...sealer.createKey(keyPlace(run, holder)) }));
  await db.query(
    `insert into data_keys (run_id, holder, key_id, wrapped)
     select $1, holder, key_id, wrapped from unnest($2::text[], $3::text[], $4::bytea[]) as k (holder, key_id, wrapped)`,
    [run, holders, keys.map(({ keyId }) => keyId), keys.map(({ wrapped }) => Buffer.from(wrapped))],
  );
  return keys;
}

/** Erases what this key sealed, backups included: without its key a sealed text is noise. Returns whether there was one. */
export async function eraseDataKey(db: Queryable, { run, holder }: KeyHolder): Promise<boolean> {
  const { rowCount } = await db.query('delete from data_keys where run_id = $1 and holder = $2', [run, holder]);
  return rowCount === 1;
}
