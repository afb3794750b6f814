/** The definition against the document it comes from: headings, dates and the three attachments, word by word. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Field, Table } from '../../model/form.ts';
import { linwei } from './linwei.ts';

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const { plan } = linwei;
const isTable = (field: Field): field is Table => field.type === 'table';
const formOf = (id: string) => plan.forms[id]!;

/** The lines of one attachment. Cells are separated by tabs; two cells end in a line break of their own. */
function attachment(number: number): readonly string[] {
  const parts = fixture('linwei-2020-attachments.txt')
    .replaceAll('结对帮扶 干部', '结对帮扶干部')
    .replaceAll('单位及 职务', '单位及职务')
    .split(/^附件 \d$/m);
  return parts[number]!.split('\n').filter((line) => line.trim() !== '');
}
const cellsOf = (lines: readonly string[]): string[] => lines.flatMap((line) => line.split('\t')).filter((cell) => cell !== '');

describe('the phases and actions', () => {
  const headings = fixture('linwei-2020-headings.txt').trim().split('\n');
  const phases = headings.flatMap((line) => {
    const found = /^[（(].[)）]\s*(.+?)[（(](\d+)月(\d+)日至(\d+)月(\d+)日[)）]$/.exec(line);
    return found
      ? [
          {
            title: found[1],
            from: `2020-${found[2]}-${found[3]!.padStart(2, '0')}`,
            to: `2020-${found[4]}-${found[5]!.padStart(2, '0')}`,
          },
        ]
      : [];
  });
  const actions = headings.flatMap((line) => {
    const found = /^(\d+)\. (.+)。$/.exec(line);
    return found ? [{ number: Number(found[1]), title: found[2] }] : [];
  });
  const day = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);

  it('are the five of the document, with its titles and dates', () =>
    expect(plan.phases.map(({ title, startsAt, endsAt }) => ({ title: title.zh, from: day(startsAt), to: day(endsAt) }))).toEqual(
      phases,
    ));

  it('are its ten actions, with its titles and numbers', () =>
    expect(plan.actions.map(({ number, title }) => ({ number, title: title.zh }))).toEqual(actions));

  it('begin at midnight in China and end with the last millisecond of a day', () => {
    for (const { startsAt, endsAt } of plan.phases) {
      expect(new Date(startsAt).toISOString()).toMatch(/T16:00:00\.000Z$/);
      expect(new Date(endsAt).toISOString()).toMatch(/T15:59:59\.999Z$/);
    }
  });
});

describe('every task', () => {
  it('that names a place in the document stands in the action of that place', () => {
    const numerals = '一二三四五';
    for (const { id, basis, action, phase } of plan.tasks) {
      const place = /^六（(.)）(\d+)$/.exec(basis.place ?? '');
      if (place === null) continue;
      expect(plan.actions.find((each) => each.id === action)!.number, id).toBe(Number(place[2]));
      expect(
        plan.phases.findIndex((each) => each.id === phase),
        id,
      ).toBe(numerals.indexOf(place[1]!));
    }
  });

  it('rests on a section of the document, on practice, or on a choice of the house', () => {
    for (const { id, basis } of plan.tasks)
      expect(basis.kind !== 'doc' || /^(六（.）\d+|七（.）)$/.test(basis.place!), id).toBe(true);
  });

  it('is there for every action: none of the ten is without one that the document itself asks for', () => {
    for (const { id } of plan.actions)
      expect(
        plan.tasks.some(({ action, basis }) => action === id && basis.kind === 'doc'),
        id,
      ).toBe(true);
  });
});

describe('attachment 1, the difficulty list', () => {
  const [title, ...lines] = attachment(1);
  const form = formOf('difficulty-list');
  const table = form.fields.find(isTable)!;
  const note = lines.find((line) => line.startsWith('填表说明'))!;
  const labels = cellsOf(lines.filter((line) => !line.startsWith('填表说明') && !line.endsWith('签字：')));

  it('has the document’s title and note', () => expect([form.title.zh, form.note]).toEqual([title, note.trim()]));

  it('has its labels in its order: header, columns, eight rows', () => {
    const ours = [...form.fields.filter((field) => !isTable(field)), table, ...table.columns, ...table.fixedRows!].map(
      (each) => each.title.zh,
    );
    expect(ours).toEqual(labels);
  });

  it('has eight fixed rows whose cells may stay blank', () => {
    expect(table).toMatchObject({ minRows: 8, maxRows: 8 });
    expect(table.columns.every(({ required }) => !required)).toBe(true);
  });

  it('is signed by both: the filing union holds it, and the paired cadre confirms', () =>
    expect(plan.tasks.find(({ id }) => id === 'difficulty-list')).toMatchObject({
      holder: { role: 'union-officer' },
      reviews: [{ by: 'cadre', kind: 'confirm' }],
    }));
});

describe('attachment 2, the visit record', () => {
  const [title, ...lines] = attachment(2);
  const form = formOf('visit-record');
  const table = form.fields.find(isTable)!;
  const labels = cellsOf(lines.filter((line) => !line.includes('填表说明') && !line.endsWith('签字：')));

  it('has the document’s title', () => expect(form.title.zh).toBe(title));

  it('has its labels in its order: header, the cadre, the columns of visits', () =>
    expect([...form.fields.filter((field) => !isTable(field)), ...table.columns].map((each) => each.title.zh)).toEqual(labels));

  it('has the document’s note, without its reference to an example that is not there', () => {
    const note = lines.find((line) => line.includes('填表说明'))!.replaceAll(/<\/?p>/g, '');
    expect(form.note).toBe(note.replace('如以上示例，', '').trim());
  });

  it('wants at least one visit', () => expect(table.minRows).toBe(1));
});

describe('attachment 3, the aid list', () => {
  const [title, labels] = attachment(3);
  const form = formOf('aid-list');
  const table = form.fields.find(isTable)!;

  it('has the document’s title', () => expect(`${form.title.zh}（示例）`).toBe(title));

  it('has its fifteen columns in its order: the row’s number, the household, the measure', () => {
    const household = form.fields.filter((field) => !isTable(field) && field.from !== undefined);
    const ours = ['序号', ...household.map((each) => each.title.zh), ...table.columns.map((each) => each.title.zh)];
    expect(ours).toHaveLength(15);
    expect(ours).toEqual(labels!.split('\t'));
  });

  it('offers the kind of measure of its sample row', () =>
    expect(table.columns[0]!.choices!.map((choice) => choice.title.zh)).toContain('医疗保障'));

  it('makes each row a task of the contact in the union, due at its time limit', () => {
    expect(table).toMatchObject({ rowHolder: 'contact', rowDue: 'deadline', minRows: 1 });
    expect(table.columns.find(({ id }) => id === 'contact')!.title.zh).toBe('工会联系人');
    expect(table.columns.find(({ id }) => id === 'deadline')!.title.zh).toBe('完成时限');
  });
});

describe('the headers of the attachments', () => {
  it('ask nobody to fill in what the register knows', () => {
    const prefilled = Object.values(plan.forms).flatMap(({ fields }) =>
      fields.filter((field) => !isTable(field) && field.from !== undefined),
    );
    expect(prefilled.length).toBeGreaterThan(30);
    expect(prefilled.every((field) => !isTable(field) && !field.required)).toBe(true);
  });

  it('are prefilled from the register, and kept from the curious', () => {
    for (const id of ['difficulty-list', 'visit-record', 'aid-list']) {
      const household = formOf(id).fields.filter((field) => !isTable(field) && field.from !== undefined);
      expect(household.map((field) => (field as { from?: string }).from)).toContain('idNumber');
      for (const field of household) {
        if (['name', 'phone', 'address', 'cause', 'idNumber', 'workplace'].includes(field.id))
          expect((field as { privacy: string }).privacy, `${id} ${field.id}`).not.toBe('none');
      }
    }
  });
});

describe('the verification record', () => {
  it('asks for everything that action 4 lists', () => {
    const asked = formOf('verification-record')
      .fields.filter((field) => !isTable(field) && field.from === undefined)
      .map(({ title }) => title.zh);
    expect(asked).toEqual([
      '工作状况',
      '家庭收入',
      '家庭资产',
      '住房状况',
      '健康状况',
      '子女就学',
      '社会保险',
      '已享受的政策',
      '帮扶资金落实情况',
      '困难原因',
      '脱困诉求',
    ]);
  });
});

describe('the inspection record', () => {
  it('has the six topics of action 8', () => {
    const topics = formOf('inspection-record')
      .fields.filter(isTable)
      .find(({ id }) => id === 'topics')!;
    expect(topics.fixedRows!.map(({ title }) => title.zh)).toEqual([
      '困难职工精准识别',
      '动态管理情况',
      '帮扶资金管理使用情况',
      '各级工会安排部署解困脱困工作情况',
      '困难职工帮扶站作用发挥情况',
      '落实此次专项行动要求情况',
    ]);
  });
});
