import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../model/canonical.ts';
import { codesFrom, compiledFrom, issuesFrom, TINY, tinyWith } from './tiny.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const FORMS = TINY.slice(TINY.indexOf('forms:'), TINY.indexOf('phases:'));

describe('a definition without mistakes', () => {
  it('gives the same text and hash every time', () => expect(compiledFrom(TINY)).toEqual(compiledFrom(TINY)));

  it('gives the same plan whether it stands in one file or in two', () => {
    const main = tinyWith([FORMS, ''], ['notice: 3', 'notice: 3\nfiles: [forms.yaml]']);
    expect(compiledFrom(main, { others: [{ path: 'forms.yaml', text: FORMS }] }).hash).toBe(compiledFrom(TINY).hash);
  });

  it('is hashed as its canonical text', () => {
    const { plan, texts, hash, programs } = compiledFrom(TINY);
    expect(texts.plan).toBe(canonicalJson(plan));
    expect(hash).toBe(sha256(texts.plan));
    for (const scope of ['campaign', 'union', 'household'] as const) {
      expect(texts.programs[scope]).toBe(canonicalJson(programs[scope]));
      expect(plan.programs[scope]).toBe(sha256(texts.programs[scope]));
    }
  });

  it('gives each scope a program of its own tasks, without a word for people', () => {
    const { programs, texts } = compiledFrom(TINY);
    expect(programs.campaign.tasks.map(({ id }) => id)).toEqual(['write']);
    expect(programs.union.tasks).toEqual([]);
    expect(texts.programs.campaign).not.toMatch(/[\u4e00-\u9fff]/);
    expect(texts.programs.campaign).not.toContain('"basis"');
  });

  it('keeps its programs when only words change, so that running histories are not touched', () => {
    const renamed = compiledFrom(tinyWith(['撰写', '起草'], ['Write', 'Draft']));
    expect(renamed.hash).not.toBe(compiledFrom(TINY).hash);
    expect(renamed.plan.programs).toEqual(compiledFrom(TINY).plan.programs);
  });
});

describe('a definition in several files', () => {
  const main = tinyWith([FORMS, ''], ['notice: 3', 'notice: 3\nfiles: [forms.yaml]']);

  it('names the file of each issue, and sorts by it', () => {
    const broken = FORMS.replace('type: text', 'type: txt');
    const issues = issuesFrom(main.replace('holder: office', 'holder: ofice'), {
      others: [{ path: 'forms.yaml', text: broken }],
    });
    expect(issues.map(({ file, code }) => `${file} ${code}`)).toEqual(['tiny.yaml UNKNOWN_ROLE', 'forms.yaml VALUE_NOT_ALLOWED']);
  });

  it('refuses the same name in two of them, and says where it was first', () => {
    const [issue] = issuesFrom(tinyWith(['notice: 3', 'notice: 3\nfiles: [forms.yaml]']), {
      others: [{ path: 'forms.yaml', text: FORMS }],
    });
    expect(issue).toMatchObject({
      code: 'DUPLICATE_ID',
      file: 'forms.yaml',
      line: 2,
      message: "form 'plan' is already used at tiny.yaml:15",
    });
  });

  it('warns of a file that is not listed, and reads nothing from it', () => {
    expect(codesFrom(TINY, { others: [{ path: 'stray.yaml', text: 'forms: {}' }] })).toEqual(['FILE_NOT_LISTED']);
  });

  it('does not guess at names while one of its files cannot be read', () => {
    expect(codesFrom(main, { others: [{ path: 'forms.yaml', text: 'forms: [' }] })).toEqual(['YAML_SYNTAX']);
  });

  it('keeps what a key of the main file may not be out of the others', () => {
    expect(codesFrom(main, { others: [{ path: 'forms.yaml', text: `zone: UTC\n${FORMS}` }] })).toEqual(['UNKNOWN_KEY']);
  });
});

describe('a campaign that starts on another day', () => {
  const dated = tinyWith(['form: plan }', 'form: plan, due: { date: 2020-10-14 } }']);
  const day = (instant: number): string => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10);

  it('moves all of its dates by the same number of days', () => {
    const { plan } = compiledFrom(dated, { starts: '2021-03-01' });
    expect([plan.startsAt, plan.endsAt].map(day)).toEqual(['2021-03-01', '2021-03-03']);
    expect(plan.tasks[0]!.due).toMatchObject({ kind: 'at' });
    expect(day((plan.tasks[0]!.due as { at: number }).at)).toBe('2021-03-02');
  });

  it('is the same plan when it starts on its own day', () =>
    expect(compiledFrom(dated, { starts: '2020-10-13' }).hash).toBe(compiledFrom(dated).hash));

  it('is refused when the new dates reach a year without a calendar', () => {
    expect(codesFrom(dated, { starts: '2026-12-20' })).toEqual(['CALENDAR_YEAR_UNKNOWN']);
  });

  it('is refused for a day that does not exist', () =>
    expect(codesFrom(dated, { starts: '2021-02-29' })).toEqual(['STARTS_MALFORMED']));
});

describe('an issue', () => {
  it('is reported with all the others at once, whatever their kind', () => {
    const text = tinyWith(
      ['zone: Asia/Shanghai', 'zone: Asia/Nowhere'],
      ['holder: office', 'holder: ofice'],
      ['type: text', 'type: txt'],
      ['number: 1', 'nummer: 1'],
    );
    expect(codesFrom(text).toSorted()).toEqual([
      'MISSING_KEY',
      'UNKNOWN_KEY',
      'UNKNOWN_ROLE',
      'UNKNOWN_ZONE',
      'VALUE_NOT_ALLOWED',
    ]);
  });

  it('is not repeated by its consequences: a broken task still exists for those that name it', () => {
    const text = tinyWith([
      'holder: office, form: plan }',
      'form: plan }\n          - { id: read, title: { zh: 阅读, en: Read }, basis: house, scope: campaign, holder: office, form: plan, after: [write] }',
    ]);
    expect(codesFrom(text)).toEqual(['MISSING_KEY']);
  });

  it('points at its own place in a list, also when what stood before it was taken out', () => {
    const text = tinyWith(['form: plan }', 'form: plan, after: [7, Seven, nine] }']);
    const line = text.split('\n').find((each) => each.includes('Seven'))!;
    expect(issuesFrom(text).map(({ code, column }) => `${code} ${column}`)).toEqual([
      `WRONG_TYPE ${line.indexOf('7,') + 1}`,
      `MALFORMED ${line.indexOf('Seven') + 1}`,
      `UNKNOWN_TASK ${line.indexOf('nine') + 1}`,
    ]);
  });

  it('suggests the name that was meant', () =>
    expect(issuesFrom(tinyWith(['holder: office', 'holder: ofice']))[0]!.hint).toBe("did you mean 'office'?"));

  it('lists what there is when nothing is near', () =>
    expect(issuesFrom(tinyWith(['holder: office', 'holder: xyz']))[0]!.hint).toBe('known: leading-group, office'));

  it('of a calendar points into the calendar', () => {
    const calendars = [
      {
        path: 'xx.yaml',
        text: "calendar: cn\nversion: '1'\nvalidThrough: 2021-12-31\nsource: none\nweekend: [sunday]\nyears: { 2020: { off: [2021-01-01], work: [] } }",
      },
    ];
    expect(issuesFrom(TINY, { calendars })[0]).toMatchObject({ code: 'DATE_OUTSIDE_CAMPAIGN', file: 'xx.yaml', line: 6 });
  });
});
