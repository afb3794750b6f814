import { describe, expect, it } from 'vitest';
import { compileText, tinyWith } from './tiny.ts';

const issuesOf = (from: string, to: string) => {
  const compiled = compileText(tinyWith([from, to]));
  return 'issues' in compiled ? compiled.issues : [];
};

const FACT = 'facts:\n  toString: { scope: campaign, type: number, initial: 1 }\nladders:';

describe('a name that every object of JavaScript has from birth', () => {
  it.each<[string, string, string]>([
    ['a task', '{ id: write,', '{ id: constructor,'],
    ['a phase', '- id: autumn', '- id: constructor'],
    ['an action', '- id: begin', '- id: constructor'],
    ['a field', '{ id: text,', '{ id: hasOwnProperty,'],
    ['a fact', 'ladders:', FACT],
    ['a role', 'ladders:', '  constructor: { title: { zh: 某, en: Some }, scope: campaign, fallback: office }\nladders:'],
    ['a ladder', 'forms:', "  constructor:\n    - { id: soon, remind: assignee, days: 0, at: '09:00' }\nforms:"],
    [
      'a form',
      'phases:',
      '  constructor: { title: { zh: 表, en: Form }, fields: [{ id: a, title: { zh: 甲, en: A }, type: text }] }\nphases:',
    ],
    ['an indicator', 'phases:', 'indicators: { constructor: { title: { zh: 数, en: Number }, of: households } }\nphases:'],
    [
      'a target',
      'phases:',
      'targets: { constructor: { title: { zh: 数, en: Number }, of: { class: deep }, counts: {} } }\nphases:',
    ],
    ['a parameter', 'roles:', 'parameters: { valueOf: 1 }\nroles:'],
    ['the campaign', 'id: tiny', 'id: constructor'],
  ])('is no name of %s', (_what, from, to) => {
    expect(issuesOf(from, to)).toContainEqual(
      expect.objectContaining({
        code: 'MALFORMED',
        hint: 'write another word: every object of JavaScript has something of this name',
        zh: expect.objectContaining({ hint: '写成别的词：JavaScript 的每个对象都自带这个名称' }) as unknown,
      }),
    );
  });

  it('is told once where it has capitals, which no id has', () =>
    expect(issuesOf('form: plan', 'form: toString').map(({ code }) => code)).toEqual(['MALFORMED']));

  it('may be a part of a name', () => expect(issuesOf('{ id: write,', '{ id: constructor-list,')).toEqual([]));
});
