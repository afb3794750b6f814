/** The audit as evidence: whoever gets round the triggers and changes it is found, in the database and in an exported file, and the place is named. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditFinding, AuditVerification } from '../../client/api.ts';
import { verifyExport } from '../../client/audit-file.ts';
import { createShigeyi, type ShigeyiClient } from '../../client/shigeyi.ts';
import { withClient } from '../../platform/database.ts';
import { makeAnchor } from '../../store/anchors.ts';
import { writeFlush } from '../../store/flush.ts';
import { migrate } from '../../store/migrate.ts';
import { createPool } from '../../store/pool.ts';
import { createTestDatabase, getWrittenColumns, type TestDatabase } from '../database.ts';
import { makeTemporaryDirectory } from '../temporary-directory.ts';
import { createTestRun } from '../store/enrolled-run.ts';
import { buildAudit, buildFlush, RUN, SEP_21 } from '../store/flushes.ts';
import { createTestSealer } from '../store/test-sealer.ts';

let database: TestDatabase;
let worker: pg.Pool;
let app: pg.Pool;
let client: ShigeyiClient;

beforeAll(async () => {
  database = await createTestDatabase({ migrate });
  worker = createPool(database.workerUrl, { max: 4, applicationName: 'test-worker' });
  app = createPool(database.appUrl, { max: 4, applicationName: 'test-app' });
  // Nothing here asks a workflow.
  client = createShigeyi({ temporal: {} as Client, enginePool: worker, appPool: app, sealer: createTestSealer() });
  await createTestRun(worker);
  await createTestRun(worker, { id: 'quiet' });
  await createTestRun(worker, { id: 'closed' });
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => buildAudit({ kind: `kind-${index}`, at: SEP_21 + index }));
  const write = (instance: string, number: number, count: number) =>
    writeFlush(
      worker,
      buildFlush({ instance, number, audit: rows(count), ...(instance === 'h/2' ? { union: 'dongzhen' } : {}) }),
    );
  await write('h/1', 1, 3);
  await write('h/2', 1, 2);
  await makeAnchor(worker, { run: RUN, reason: 'export' });
  await write('h/1', 2, 2);
  await write('u/xizhen', 1, 1);
  await makeAnchor(worker, { run: RUN, reason: 'export' });
  await write('h/2', 2, 1);
});
afterAll(async () => {
  await Promise.all([worker?.end(), app?.end()]);
  await database?.drop();
});

const asSuperuser = (text: string): Promise<unknown> => withClient(database.adminUrl, (superuser) => superuser.query(text));
const TABLES = ['audit', 'audit_anchors', 'instances'];

/** Does it with every trigger standing aside, looks what is found, and puts everything back. */
async function tampered<T>(how: string, look: () => Promise<T>): Promise<T> {
  const aside = 'set session_replication_role = replica;';
  await asSuperuser(TABLES.map((table) => `create table kept_${table} as select * from ${table};`).join(''));
  try {
    await asSuperuser(`${aside} ${how}`);
    return await look();
  } finally {
    const back = await Promise.all(
      TABLES.map(async (table) => {
        const columns = await getWrittenColumns(database.adminUrl, table);
        return `delete from ${table}; insert into ${table} (${columns}) overriding system value select ${columns} from kept_${table}; drop table kept_${table};`;
      }),
    );
    await asSuperuser(`${aside} ${back.join('')}`);
  }
}

const verify = (against?: AsyncIterable<string>): Promise<AuditVerification> =>
  client.verifyAudit(RUN, against === undefined ? {} : { against });
const placeOf = ({ kind, instance, seq, anchor }: AuditFinding): string =>
  [kind, instance === null ? `anchor ${anchor}` : `${instance} ${seq}`].join(' ');
/** What is said to be wrong first. */
const firstOf = ({ findings }: AuditVerification): string => (findings[0] === undefined ? 'nothing' : placeOf(findings[0]));

const row = (seq: number): string => `run_id = '${RUN}' and instance = 'h/1' and seq = ${seq}`;
const later = (seq: number, by: number): string =>
  // First out of the way, because two rows may not have one number even for a moment.
  `update audit set seq = seq + 1000 where instance = 'h/1' and seq >= ${seq}; update audit set seq = seq - 1000 + ${by} where instance = 'h/1' and seq > 1000;`;
const copyOf = (seq: number, as: string): string =>
  `insert into audit select (jsonb_populate_record(a, '${as}')).* from audit a where ${row(seq)};`;
/** Hashes of an instance made anew, its end included: what somebody would do who knows how they are made. */
const MADE_ANEW = `
  do $$ declare entry audit; made bytea := ''; begin
    for entry in select * from audit where instance = 'h/1' order by seq loop
      made := sha256(made || convert_to(audit_text(entry), 'UTF8'));
      update audit set hash = made where instance = 'h/1' and seq = entry.seq;
    end loop;
    update instances set audit_hash = made, audit_seq = entry.seq where id = 'h/1';
  end $$;`;

describe('an audit that nobody touched', () => {
  it('is in order', async () => {
    expect(await verify()).toMatchObject({ intact: true, findings: [], instances: 3, rows: 9, anchors: 2 });
  });

  it('of a run that has written nothing is in order', async () => {
    expect(await client.verifyAudit('quiet', {})).toMatchObject({ intact: true, rows: 0, anchors: 0, lastAnchor: null });
  });
});

describe('in the database is found', () => {
  it.each<[what: string, place: string, how: string]>([
    ['another content', 'changed h/1 3', `update audit set detail = '{"late": false}' where ${row(3)}`],
    ['another person', 'changed h/1 1', `update audit set actor = 'somebody' where ${row(1)}`],
    ['another time of writing', 'changed h/1 5', `update audit set written_at = written_at - interval '1 day' where ${row(5)}`],
    ['another hash', 'changed h/1 2', `update audit set hash = sha256('x') where ${row(2)}`],
    ['a row taken out', 'missing h/1 3', `delete from audit where ${row(3)}`],
    ['the first row taken out', 'missing h/1 1', `delete from audit where ${row(1)}`],
    ['the last row taken out', 'missing h/1 5', `delete from audit where ${row(5)}`],
    ['a row taken out, the others moved up', 'missing h/1 3', `delete from audit where ${row(3)}; ${later(4, -1)}`],
    ['a row put in between', 'inserted h/1 3', `${later(3, 1)} ${copyOf(2, '{"seq": 3}')}`],
    [
      'a row put in between, with a hash that fits',
      'inserted h/1 3',
      `${later(3, 1)} set session_replication_role = origin; ${copyOf(2, '{"seq": 3}')}`,
    ],
    [
      'a row put in at the end, as any writer can',
      'inserted h/1 6',
      `set session_replication_role = origin; ${copyOf(5, '{"seq": 6}')}`,
    ],
    ['rows of an instance that there is not', 'inserted h/9 1', copyOf(1, '{"instance": "h/9"}')],
    [
      'two rows that changed places',
      'reordered h/1 3',
      `update audit set seq = 1000 where ${row(3)}; update audit set seq = 3 where ${row(4)}; update audit set seq = 4 where ${row(1000)}`,
    ],
    ['another end of an instance', 'changed h/1 5', `update instances set audit_hash = sha256('x') where id = 'h/1'`],
    [
      'a row changed and every later hash made anew',
      'changed anchor 1',
      `update audit set actor = 'x' where ${row(3)}; ${MADE_ANEW}`,
    ],
    [
      'a late row changed and every later hash made anew',
      'changed anchor 2',
      `update audit set actor = 'x' where ${row(5)}; ${MADE_ANEW}`,
    ],
    ['the last rows taken out, and the instance told so', 'changed anchor 2', `delete from audit where ${row(5)}; ${MADE_ANEW}`],
    [
      'an instance taken out whole',
      'changed anchor 2',
      `delete from audit where instance = 'u/xizhen'; delete from instances where id = 'u/xizhen'`,
    ],
    ['a changed anchor', 'changed anchor 1', `update audit_anchors set reason = 'hourly' where number = 1`],
    ['an anchor taken out', 'missing anchor 1', 'delete from audit_anchors where number = 1'],
    ['the last anchor taken out', 'missing anchor 2', 'delete from audit_anchors where number = 2'],
  ])('%s: %s', async (_what, place, how) => {
    const found = await tampered(how, () => verify());
    expect(firstOf(found)).toBe(place);
    expect(found.intact).toBe(false);
  });

  it('every instance that is not in order, each with its first row', async () => {
    const found = await tampered(`update audit set actor = 'x' where seq = 2`, () => verify());
    expect(found.findings.map(placeOf)).toEqual(['changed h/1 2', 'changed h/2 2']);
  });
});

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* await Promise.resolve(lines);
}

async function exported(household?: string): Promise<string[]> {
  const taken: string[] = [];
  await client.exportAudit(RUN, {
    ...(household && { household }),
    async write(lines) {
      for await (const line of lines) taken.push(line);
    },
  });
  return taken;
}

describe('an exported audit', () => {
  let lines: string[];
  const at = (text: string): number => lines.findIndex((line) => line.includes(text));
  const rowAt = (seq: number): number => at(`"instance":"h/1","seq":${seq},`);
  beforeAll(async () => {
    lines = await exported();
  });

  it('says what it is, and holds the anchors, every row behind a line for its instance, and an end', () => {
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual([
      'shigeyi',
      ...Array<string>(3).fill('anchor'),
      'instance',
      ...Array<string>(5).fill('row'),
      'instance',
      'row',
      'row',
      'row',
      'instance',
      'row',
      'end',
    ]);
    expect(JSON.parse(lines[0]!)).toMatchObject({ shigeyi: 'audit', run: RUN, household: null, anchors: 3 });
    expect(JSON.parse(lines.at(-1)!)).toEqual({ end: { instances: 3, rows: 9 } });
  });

  it('holds what its own anchor covers, however much is written meanwhile', async () => {
    let late: Promise<unknown> | undefined;
    const taken: string[] = [];
    const made = await client.exportAudit(RUN, {
      async write(source) {
        late ??= writeFlush(worker, buildFlush({ instance: 'h/3', audit: [buildAudit()] }));
        await late;
        for await (const line of source) taken.push(line);
      },
    });
    expect(taken.some((line) => line.includes('h/3'))).toBe(false);
    expect(await verifyExport(each(taken), { run: RUN })).toMatchObject({
      intact: true,
      rows: made.rows,
      lastAnchor: made.anchor.hash,
    });
    expect(await verify()).toMatchObject({ intact: true, instances: 4 });
  });

  it('is in order without any database', async () => {
    expect(await verifyExport(each(lines), { run: RUN })).toMatchObject({ intact: true, instances: 3, rows: 9, anchors: 3 });
  });

  it('can be checked with a shell alone, as docs/operating.md says', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/operating.md'), 'utf8');
    const [, script] = /```sh\n(# Of the first row[^]*?)```/.exec(page)!;
    const folder = makeTemporaryDirectory();
    writeFileSync(join(folder, 'audit.jsonl'), lines.map((line) => `${line}\n`).join(''));
    const said = execFileSync('sh', ['-c', script!], { cwd: folder, encoding: 'utf8' });
    rmSync(folder, { recursive: true, force: true });
    const [made, kept] = said.split('\n').map((line) => line.slice(0, 64));
    expect(made).toMatch(/^[0-9a-f]{64}$/);
    expect(kept).toBe(made);
  });

  it('marks what was superseded', async () => {
    const run = 'closed';
    await writeFlush(worker, buildFlush({ run, digest: 'lost', audit: [buildAudit()] }));
    await writeFlush(worker, buildFlush({ run, digest: 'held', audit: [buildAudit()] }));
    const taken: string[] = [];
    await client.exportAudit(run, {
      async write(source) {
        for await (const line of source) taken.push(line);
      },
    });
    expect(taken.filter((line) => line.startsWith('{"row"')).map((line) => line.endsWith(',"void":true}'))).toEqual([
      true,
      false,
      false,
    ]);
    expect(await verifyExport(each(taken), { run })).toMatchObject({ intact: true });
  });

  const edited = (edit: (copy: string[]) => void): AsyncIterable<string> => {
    const copy = [...lines];
    edit(copy);
    return each(copy);
  };
  const swap = (copy: string[], one: number, other: number): void => {
    [copy[one], copy[other]] = [copy[other]!, copy[one]!];
  };

  it.each<[what: string, place: string, edit: (copy: string[]) => void]>([
    ['a changed row', 'changed h/1 3', (copy) => void (copy[rowAt(3)] = copy[rowAt(3)]!.replace('kind-2', 'kind-9'))],
    ['a row that can no longer be read', 'changed h/1 3', (copy) => void (copy[rowAt(3)] = copy[rowAt(3)]!.slice(0, -9))],
    ['a row taken out', 'missing h/1 2', (copy) => void copy.splice(rowAt(2), 1)],
    ['the last row of an instance taken out', 'missing h/1 5', (copy) => void copy.splice(rowAt(5), 1)],
    ['a row put in twice', 'inserted h/1 2', (copy) => void copy.splice(rowAt(4), 0, copy[rowAt(2)]!)],
    [
      'a made-up row before the true one',
      'inserted h/1 3',
      (copy) => void copy.splice(rowAt(3), 0, copy[rowAt(3)]!.replace('kind-2', 'kind-9')),
    ],
    ["another instance's row", 'inserted h/1 4', (copy) => void copy.splice(rowAt(4), 0, copy[at('"instance":"h/2","seq":1,')]!)],
    ['two rows that changed places', 'reordered h/1 2', (copy) => swap(copy, rowAt(2), rowAt(3))],
    ['a row far from its place', 'reordered h/1 1', (copy) => swap(copy, rowAt(1), rowAt(5))],
    ['a changed anchor', 'changed anchor 2', (copy) => void (copy[2] = copy[2]!.replace('export', 'hourly'))],
    ['an anchor taken out', 'missing anchor 1', (copy) => void copy.splice(1, 1)],
    [
      'an instance taken out, and the end told so',
      'changed anchor 2',
      (copy) => {
        copy.splice(at('{"instance":"u/xizhen"'), 2);
        copy[copy.length - 1] = '{"end":{"instances":2,"rows":8}}';
      },
    ],
    [
      'the last row taken out, and instance and end told so',
      'changed anchor 2',
      (copy) => {
        const last = JSON.parse(lines[rowAt(4)]!) as { hash: string };
        copy[rowAt(1) - 1] = JSON.stringify({ instance: 'h/1', rows: 4, hash: last.hash });
        copy.splice(rowAt(5), 1);
        copy[copy.length - 1] = '{"end":{"instances":3,"rows":8}}';
      },
    ],
  ])('shows %s: %s', async (_what, place, edit) => {
    const found = await verifyExport(edited(edit), { run: RUN });
    expect(found.intact).toBe(false);
    expect(firstOf(found)).toBe(place);
  });

  it('shows that it was cut off', async () => {
    const found = await verifyExport(each(lines.slice(0, -2)), { run: RUN });
    expect(found.findings.map(({ kind, message }) => [kind, message])).toContainEqual([
      'missing',
      'the file ends before its last line',
    ]);
  });

  it('shows that something was put behind its end', async () => {
    const found = await verifyExport(each([...lines, lines[rowAt(1)]!]), { run: RUN });
    expect(found.findings).toMatchObject([{ kind: 'inserted', message: 'lines follow upon the last' }]);
  });

  it.each([
    ['of nothing', [], 'NOT_AN_EXPORT'],
    ['that is something else', ['{"shigeyi":1}'], 'NOT_AN_EXPORT'],
    ['of another run', [JSON.stringify({ shigeyi: 'audit', version: 1, run: 'other' })], 'OTHER_RUN'],
  ])('%s is refused', async (_what, text, code) => {
    await expect(verifyExport(each(text), { run: RUN })).rejects.toMatchObject({ code });
  });
});

describe('an export of one household', () => {
  it('holds its rows alone, and is in order', async () => {
    const lines = await exported('1');
    expect(lines.filter((line) => line.startsWith('{"row"'))).toHaveLength(5);
    expect(lines.join('\n')).not.toContain('h/2');
    expect(await verifyExport(each(lines), { run: RUN })).toMatchObject({ intact: true, instances: 1, rows: 5 });
  });

  it('of none that there is is refused', async () => {
    await expect(exported('9')).rejects.toMatchObject({ code: 'UNKNOWN_HOUSEHOLD' });
  });
});

describe('the database against an export made earlier', () => {
  it('holds what the export does', async () => {
    expect(await verify(each(await exported()))).toMatchObject({ intact: true });
    expect(await verify(each(await exported('2')))).toMatchObject({ intact: true });
  });

  it('is found out also when every hash and anchor was made anew', async () => {
    const lines = await exported();
    const anchors = `delete from audit_anchors; set session_replication_role = origin; select make_anchor('${RUN}', 'export', 0), make_anchor('${RUN}', 'export', 0);`;
    const anew = `update audit set actor = 'x' where ${row(4)}; update audit set anchor = null; ${MADE_ANEW.replaceAll('h/1', 'h/2')} ${MADE_ANEW.replaceAll('h/1', 'h/3')} ${MADE_ANEW.replaceAll('h/1', 'u/xizhen')} ${MADE_ANEW} ${anchors}`;
    const [alone, compared] = await tampered(anew, async () => [await verify(), await verify(each(lines))]);
    expect(alone).toMatchObject({ intact: true });
    expect(firstOf(compared!)).toBe('changed h/1 4');
  });

  it('is found out when an instance is gone', async () => {
    const lines = await exported();
    const found = await tampered(`delete from audit where instance = 'h/2'; delete from instances where id = 'h/2'`, () =>
      verify(each(lines)),
    );
    expect(found.findings.map(placeOf)).toContain('missing h/2 1');
  });
});

describe('the audit read by the office', () => {
  const seen = async (filter: object) => {
    const { rows, complete } = await client.audit(RUN, { limit: 100, ...filter });
    return [rows.map(({ instance, seq }) => `${instance} ${seq}`), complete];
  };

  it('is of one household in the order in which it was written', async () =>
    expect(await seen({ household: '1' })).toEqual([['h/1 1', 'h/1 2', 'h/1 3', 'h/1 4', 'h/1 5'], true]));

  it('is of a union its own and its households', async () =>
    expect(await seen({ union: 'dongzhen' })).toEqual([['h/2 1', 'h/2 3', 'h/2 2'], true]));

  it('begins with a day, if one is given', async () =>
    expect(await seen({ household: '1', since: '2020-09-21' })).toEqual([['h/1 1', 'h/1 2', 'h/1 3', 'h/1 4', 'h/1 5'], true]));

  it('has the newest, when there are more than asked for', async () =>
    expect(await seen({ household: '1', limit: 2 })).toEqual([['h/1 4', 'h/1 5'], false]));

  it('of a day on which nothing happened is empty', async () => expect(await seen({ since: '2020-09-22' })).toEqual([[], true]));

  it('of a household that there is not is refused', async () =>
    expect(client.audit(RUN, { household: '9', limit: 1 })).rejects.toMatchObject({ code: 'UNKNOWN_HOUSEHOLD' }));
});
