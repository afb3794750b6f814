import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { writeFlush } from '../../store/flush.ts';
import { type Identity, withIdentity } from '../../store/pool.ts';
import { findHousehold } from '../../store/register.ts';
import type { Sealer } from '../../store/sealer.ts';
import { type Submission, storeSubmission } from '../../store/submissions.ts';
import { buildAnswer, buildAudit, buildFlush, buildMessage, buildTask, RUN } from './flushes.ts';
import { createEnrolledRun } from './enrolled-run.ts';
import { readColumn, readValue, type TestStore, withStore } from './with-store.ts';

const OFFICE: Identity = { role: 'office', person: 'office-1' };
const HEAD: Identity = { role: 'union-head', person: 'head-xi', run: RUN, union: 'xizhen' };
const OFFICER_ELSEWHERE: Identity = { role: 'union-officer', person: 'officer-dong', run: RUN, union: 'dongzhen' };
const CADRE: Identity = { role: 'cadre', person: 'cadre-wu', run: RUN, union: 'xizhen' };
const LEADERS: Identity = { role: 'leading-group', person: 'leader-1', run: RUN, union: 'district' };
const INSPECTOR: Identity = { role: 'inspector', person: 'inspector-1', run: RUN, union: 'district' };

const TABLES = [
  'runs',
  'plans',
  'revisions',
  'unions',
  'data_keys',
  'people',
  'households',
  'instances',
  'tasks',
  'submissions',
  'flushes',
  'commands',
  'audit',
  'deliveries',
  'gates',
];

/** Two unions at work: xizhen has household 2001, paired with cadre-wu, and 2002; dongzhen has 3001. */
async function withWork(work: (store: TestStore & { sealer: Sealer }) => Promise<void>): Promise<void> {
  await withStore(async (store) => {
    const { worker } = store;
    const sealer = await createEnrolledRun(worker);
    const write = (instance: string, union: string | null, holder: string, roles: Record<string, string> = {}) =>
      writeFlush(
        worker,
        buildFlush({
          instance,
          union,
          scope: instance === 'c' ? 'campaign' : instance.startsWith('u/') ? 'union' : 'household',
          roles,
          tasks: [buildTask({ holder })],
          audit: [buildAudit()],
          outbox: [buildMessage({ claim: `${instance}|opened`, recipient: holder })],
          answers: [buildAnswer({ command: `command-of-${instance}` })],
        }),
      );
    await write('c', null, 'office-1');
    await write('u/xizhen', 'xizhen', 'head-xi');
    await write('u/dongzhen', 'dongzhen', 'officer-dong');
    await write('h/2001', 'xizhen', 'cadre-wu', { cadre: 'cadre-wu' });
    await write('h/2002', 'xizhen', 'inspector-1', { cadre: 'cadre-lin' });
    await write('h/3001', 'dongzhen', 'cadre-dong', { cadre: 'cadre-dong' });
    await work({ ...store, sealer });
  });
}

const seen = (app: pg.Pool, identity: Identity, text: string) =>
  withIdentity(app, identity, (db) => readColumn<string>(db, text));
const INSTANCES = 'select id from instances order by id';
const HOUSEHOLDS = 'select id from households order by id';
const TASKS = 'select instance from tasks order by instance';

function submission(changes: Partial<Submission> = {}): Submission {
  return {
    run: RUN,
    id: 's-1',
    instance: 'h/2001',
    task: 'visit',
    union: 'xizhen',
    author: 'cadre-wu',
    kind: 'form',
    form: 'visit',
    content: '{}',
    ...changes,
  };
}

describe('row-level security', () => {
  it('is enabled and forced on every table, for the owner too', () =>
    withStore(async ({ database, worker }) => {
      const open = await readColumn(
        worker,
        `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'migrations'
            and not (relrowsecurity and relforcerowsecurity)`,
      );
      expect(open).toEqual([]);
      expect(await readValue(worker, `select rolsuper or rolbypassrls from pg_roles where rolname = 'shigeyi_owner'`)).toBe(
        false,
      );
      expect(database.ownerUrl).toContain('shigeyi_owner');
    }));

  it('shows an unknown caller no row of any table', () =>
    withWork(async ({ app }) => {
      const counts = TABLES.map(async (table) => [table, await readValue(app, `select count(*) from ${table}`)]);
      expect(await Promise.all(counts)).toEqual(TABLES.map((table) => [table, 0]));
    }));

  it('shows the office everything', () =>
    withWork(async ({ app }) => {
      expect(await seen(app, OFFICE, INSTANCES)).toEqual(['c', 'h/2001', 'h/2002', 'h/3001', 'u/dongzhen', 'u/xizhen']);
      expect(await seen(app, OFFICE, HOUSEHOLDS)).toEqual(['2001', '2002', '3001']);
    }));

  it('shows the head of a union their union and nothing of another', () =>
    withWork(async ({ app }) => {
      expect(await seen(app, HEAD, INSTANCES)).toEqual(['h/2001', 'h/2002', 'u/xizhen']);
      expect(await seen(app, HEAD, HOUSEHOLDS)).toEqual(['2001', '2002']);
      expect(await seen(app, HEAD, TASKS)).toEqual(['h/2001', 'h/2002', 'u/xizhen']);
      expect(await seen(app, HEAD, 'select id from unions')).toEqual(['xizhen']);
      expect(await seen(app, HEAD, 'select id from people order by id')).toEqual(['cadre-wu', 'head-xi']);
      expect(await seen(app, HEAD, 'select distinct instance from audit order by 1')).toEqual(['h/2001', 'h/2002', 'u/xizhen']);
      expect(await seen(app, HEAD, 'select id from commands order by 1')).toEqual([
        'command-of-h/2001',
        'command-of-h/2002',
        'command-of-u/xizhen',
      ]);
      expect(await seen(app, HEAD, `select holder from data_keys where holder like 'h/%' order by 1`)).toEqual([
        'h/2001',
        'h/2002',
      ]);
    }));

  it('shows a cadre the paired household and the tasks they hold', () =>
    withWork(async ({ app }) => {
      expect(await seen(app, CADRE, INSTANCES)).toEqual(['h/2001']);
      expect(await seen(app, CADRE, HOUSEHOLDS)).toEqual(['2001']);
      expect(await seen(app, CADRE, TASKS)).toEqual(['h/2001']);
    }));

  it('shows an inspector the household whose task they hold', () =>
    withWork(async ({ app }) => {
      expect(await seen(app, INSPECTOR, HOUSEHOLDS)).toEqual(['2002']);
      expect(await seen(app, INSPECTOR, TASKS)).toEqual(['h/2002']);
    }));

  it('shows the leading group unions, and no household or its tasks', () =>
    withWork(async ({ app }) => {
      expect(await seen(app, LEADERS, INSTANCES)).toEqual(['c', 'u/dongzhen', 'u/xizhen']);
      expect(await seen(app, LEADERS, HOUSEHOLDS)).toEqual([]);
      expect(await seen(app, LEADERS, TASKS)).toEqual(['c', 'u/dongzhen', 'u/xizhen']);
      expect(await seen(app, LEADERS, `select holder from data_keys where holder like 'h/%'`)).toEqual([]);
      expect(await seen(app, LEADERS, `select id from people where role = 'cadre'`)).toEqual([]);
    }));

  it('shows a role in one run nothing of another run', () =>
    withWork(async ({ app }) => {
      const elsewhere: Identity = { ...HEAD, run: 'another-run' };
      expect(await seen(app, elsewhere, INSTANCES)).toEqual([]);
      expect(await seen(app, elsewhere, 'select id from runs')).toEqual([]);
    }));

  it('forgets the identity when its transaction ends', () =>
    withWork(async ({ app }) => {
      const client = await app.connect();
      try {
        await client.query('begin');
        await client.query(`select set_config('shigeyi.role', 'office', true)`);
        expect(await readColumn(client, HOUSEHOLDS)).toHaveLength(3);
        await client.query('commit');
        expect(await readColumn(client, HOUSEHOLDS)).toEqual([]);
      } finally {
        client.release();
      }
    }));
});

const FORBIDDEN: readonly (readonly [name: string, statement: string])[] = [
  ['change a task', `update tasks set status = 'done'`],
  ['write a flush', `select write_flush('{}')`],
  ['confirm a flush', `select confirm_flushes('[]')`],
  ['erase a key', 'delete from data_keys'],
  ['rewrite the audit', `update audit set actor = 'somebody'`],
  ['read the outbox', 'select * from outbox'],
  ['move a submission', `update submissions set author = 'cadre-wu'`],
  ['see past the rules', 'set row_security = off; select * from households'],
  ['take the rules away', 'alter table households disable row level security'],
  ['add a rule', 'create policy mine on households to shigeyi_app using (true)'],
  ['become the engine', 'set role shigeyi_worker'],
  ['become the owner', 'set role shigeyi_owner'],
  ['make a function', `create function mine() returns int language sql return 1`],
  ['empty a table', 'truncate households'],
];

describe('what the people’s role may write', () => {
  it('is a submission under one’s own name for a task one holds, which one can then read', () =>
    withWork(async ({ app, sealer }) => {
      await withIdentity(app, CADRE, (db) => storeSubmission(db, submission(), sealer));
      expect(await seen(app, CADRE, 'select id from submissions')).toEqual(['s-1']);
      expect(await seen(app, HEAD, 'select id from submissions')).toEqual(['s-1']);
      expect(await seen(app, OFFICER_ELSEWHERE, 'select id from submissions')).toEqual([]);
    }));

  it('is one also for a task that one has delegated, which one goes on seeing', () =>
    withWork(async ({ app, worker, sealer }) => {
      const owned = { ...buildTask({ holder: 'cadre-lin' }), owner: 'cadre-wu' };
      await writeFlush(worker, buildFlush({ number: 2, previous: 'state-1', tasks: [owned] }));
      expect(await seen(app, CADRE, TASKS)).toContain('h/2001');
      await withIdentity(app, CADRE, (db) => storeSubmission(db, submission(), sealer));
      expect(await seen(app, CADRE, 'select id from submissions')).toEqual(['s-1']);
    }));

  it('is no item, whose words whoever has it may read, and nobody else beside its union', () =>
    withWork(async ({ app, worker, sealer }) => {
      const words = submission({
        id: 'w-1',
        instance: 'u/dongzhen',
        task: 'assigned',
        union: 'dongzhen',
        author: 'office-1',
        kind: 'words',
      });
      await storeSubmission(worker, words, sealer);
      const assigned = {
        ...buildTask({ key: 'assigned:1', template: 'assigned', holder: 'inspector-1' }),
        item: { words: 'w-1' },
      };
      await writeFlush(
        worker,
        buildFlush({
          instance: 'u/dongzhen',
          union: 'dongzhen',
          scope: 'union',
          number: 2,
          previous: 'state-1',
          tasks: [assigned],
        }),
      );
      const ids = (identity: Identity) => seen(app, identity, 'select id from submissions');
      for (const identity of [OFFICE, OFFICER_ELSEWHERE, INSPECTOR]) expect(await ids(identity)).toEqual(['w-1']);
      for (const identity of [HEAD, CADRE, LEADERS]) expect(await ids(identity)).toEqual([]);
      await expect(withIdentity(app, CADRE, (db) => storeSubmission(db, { ...words, id: 'w-2' }, sealer))).rejects.toThrow();
    }));

  it.each([
    ['under another name', submission({ author: 'cadre-lin' })],
    ['for a task of another union', submission({ instance: 'h/3001', union: 'dongzhen' })],
    ['for a task that somebody else holds', submission({ instance: 'h/2002' })],
    ['with another union than the task’s', submission({ union: 'dongzhen' })],
  ])('is no submission %s', (_name, refused) =>
    withWork(async ({ app, worker, sealer }) => {
      await expect(withIdentity(app, CADRE, (db) => storeSubmission(db, refused, sealer))).rejects.toThrow();
      expect(await readValue(worker, 'select count(*) from submissions')).toBe(0);
    }),
  );

  it('is nothing else, nor can it get round the rules', () =>
    withWork(async ({ app }) => {
      const refusals = FORBIDDEN.map(async ([name, statement]) => {
        const attempt = withIdentity(app, HEAD, (db) => db.query(statement));
        return [
          name,
          await attempt.then(
            () => 'done',
            (error: Error) => error.message,
          ),
        ];
      });
      for (const refusal of await Promise.all(refusals)) {
        expect(refusal).toEqual([refusal[0], expect.stringMatching(/permission denied|must be owner|row-level security/)]);
      }
    }));

  it('does not open a household of another union even with its id at hand', () =>
    withWork(async ({ app, sealer }) => {
      const find = (identity: Identity) =>
        withIdentity(app, identity, (db) => findHousehold(db, { run: RUN, id: '2001' }, sealer));
      expect(await find(HEAD)).toMatchObject({ name: '吴春生' });
      expect(await find(OFFICER_ELSEWHERE)).toBeUndefined();
    }));

  it('follows a household that moved', () =>
    withWork(async ({ app, worker }) => {
      await writeFlush(worker, buildFlush({ instance: 'h/2001', union: 'dongzhen', number: 2 }));
      expect(await seen(app, HEAD, HOUSEHOLDS)).toEqual(['2002']);
      expect(await seen(app, OFFICER_ELSEWHERE, HOUSEHOLDS)).toEqual(['2001', '3001']);
      expect(await seen(app, OFFICER_ELSEWHERE, TASKS)).toEqual(['h/2001', 'h/3001', 'u/dongzhen']);
    }));
});
