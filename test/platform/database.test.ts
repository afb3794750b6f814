import { describe, expect, inject, it } from 'vitest';
import { withClient } from '../../platform/database.ts';
import { serves } from '../../platform/temporal-health.ts';
import { withTestDatabase } from '../database.ts';

describe('the servers of a test run', () => {
  it('offer a Temporal server with the default namespace', async () => {
    expect(await serves({ address: inject('temporalAddress'), namespace: 'default' })).toBe(true);
  });

  it('give each test an empty database of its own, stored as UTF-8', async () => {
    await withTestDatabase(async ({ ownerUrl, name }) => {
      const { rows } = await withClient(ownerUrl, (client) =>
        client.query(
          `select current_database() as database, current_setting('server_encoding') as encoding, char_length('困难职工') as length`,
        ),
      );
      expect(rows).toEqual([{ database: name, encoding: 'UTF8', length: 4 }]);
    });
  });
});
