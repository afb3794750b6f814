/** Messages with words of their own: names, filters and tags that there are, fields that are declared, and nothing that is personal. */
import { findNearest } from '../model/nearest.ts';
import { isField, MESSAGE_FIELDS, MESSAGE_FILTERS, MESSAGE_TAGS, readTemplate, type TemplateFlaw } from '../messages/template.ts';
import { PURPOSES } from '../messages/house-words.ts';
import { type Checking, suggest } from './checking.ts';
import { cellsOf, privacyOf } from './fields.ts';
import type { Place } from './issue.ts';
import type { Message, Rung } from './language.ts';
import { isVersion } from './resolve-ladders.ts';
import { SAY } from './messages.ts';

const LANGUAGES = ['zh', 'en'] as const;

/** An identity number or a telephone number written out, in groups or not: `138 1234 5678`. */
const GAP = '[\\s.·‐-―-]?';
const PERSONAL_NUMBER = new RegExp(
  `(?<!\\d)(?:\\d{6}${GAP}\\d{8}${GAP}\\d{3}[\\dXx]|(?:86${GAP})?1[3-9]\\d${GAP}\\d{4}${GAP}\\d{4})(?!\\d)`,
);

/** Where one begins; full-width digits count as digits. */
function findPersonalNumber(text: string): number | undefined {
  const narrow = text.replace(/[０-９Ｘｘ]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH));
  return PERSONAL_NUMBER.exec(narrow)?.index;
}

/** How far full-width letters and digits lie from the usual ones. */
const FULL_WIDTH = 0xfee0;

interface Text {
  readonly message: Message;
  readonly language: (typeof LANGUAGES)[number];
}

/** What registers and forms call what is known of people. */
const PERSONAL_NAMES: readonly string[] = [
  ...['name', 'phone', 'mobile', 'address', 'idnumber', 'id-number', 'household', 'person', 'holder', 'recipient', 'facts'],
  ...['bank-account', 'bankaccount', 'health', 'illness', 'income'],
];

export function checkMessages(checking: Checking): void {
  const { definition, places, report } = checking;
  for (const message of definition.messages.values()) {
    message.uses?.forEach((name, index) => {
      if (!isField(name)) reportName(checking, { name, place: places.of(message.uses!, index) });
    });
    const named = LANGUAGES.map((language) => checkText(checking, { message, language }));
    // What cannot be read may name whatever is declared.
    if (named.every((names) => names !== undefined)) warnOfUnused(checking, message, new Set(named.flat()));
  }
  const used = new Set<string>(PURPOSES);
  for (const rung of writtenRungs(checking)) {
    if (rung.text === undefined) continue;
    used.add(rung.text);
    if (definition.messages.has(rung.text)) continue;
    const near = suggest(rung.text, [...definition.messages.keys()]);
    report('UNKNOWN_MESSAGE', places.of(rung, 'text'), SAY.UNKNOWN_MESSAGE.main({ name: rung.text, near }));
  }
  for (const id of definition.messages.keys()) {
    if (used.has(id)) continue;
    const near = findNearest(id, PURPOSES);
    report(
      'MESSAGE_NEVER',
      places.ofKey(definition.writtenIn('messages', id), id),
      SAY.MESSAGE_NEVER.main({ id, near, purposes: PURPOSES }),
    );
  }
}

const writtenRungs = ({ definition }: Checking): readonly Rung[] =>
  [...definition.writtenLadders.values()].flatMap((ladder) => (isVersion(ladder) ? (ladder.rungs ?? []) : ladder));

/** The fields that it names, or nothing when it cannot be read. */
function checkText(checking: Checking, { message, language }: Text): readonly string[] | undefined {
  const { places, report } = checking;
  const placeAt = (offset: number): Place => places.within(message, language, offset);
  const text = message[language];
  const number = findPersonalNumber(text);
  if (number !== undefined) report('PERSONAL_DATA_IN_MESSAGE', placeAt(number), SAY.PERSONAL_DATA_IN_MESSAGE.number);
  const { names, flaws } = readTemplate(text);
  for (const flaw of flaws) reportFlaw(checking, { flaw, place: placeAt(flaw.at) });
  const declared = message.uses ?? [];
  for (const { name, at } of names) {
    if (isField(name) && !declared.includes(name))
      report('MESSAGE_FIELD_UNDECLARED', placeAt(at), SAY.MESSAGE_FIELD_UNDECLARED.main({ name }));
  }
  return flaws.length > 0 ? undefined : names.map(({ name }) => name);
}

/** Titles that are sent: the campaign's and a task's in messages, the others in bulletins. */
export function checkTitles({ definition, places, report }: Checking): void {
  const { head, tasks, bulletins, indicators } = definition;
  const titles = [head, ...tasks.map(({ task }) => task), ...bulletins.values(), ...indicators.values()].map(
    ({ title }) => title,
  );
  for (const title of titles) {
    for (const language of LANGUAGES) {
      const text = title?.[language];
      const number = typeof text === 'string' ? findPersonalNumber(text) : undefined;
      if (number !== undefined)
        report('PERSONAL_DATA_IN_MESSAGE', places.within(title!, language, number), SAY.PERSONAL_DATA_IN_MESSAGE.title);
    }
  }
}

/** Fields that are declared and that no text names. */
function warnOfUnused({ places, report }: Checking, message: Message, named: ReadonlySet<string>): void {
  message.uses?.forEach((name, index) => {
    if (isField(name) && !named.has(name))
      report('MESSAGE_FIELD_UNUSED', places.of(message.uses!, index), SAY.MESSAGE_FIELD_UNUSED.main({ name }));
  });
}

interface Flawed {
  readonly flaw: TemplateFlaw;
  readonly place: Place;
}

function reportFlaw(checking: Checking, { flaw, place }: Flawed): void {
  const { report } = checking;
  switch (flaw.kind) {
    case 'field':
      reportName(checking, { name: flaw.name, place });
      return;
    case 'filter':
      report('MESSAGE_SYNTAX', place, SAY.MESSAGE_SYNTAX.filter({ name: flaw.name, near: suggest(flaw.name, MESSAGE_FILTERS) }));
      return;
    case 'tag':
      report('MESSAGE_SYNTAX', place, SAY.MESSAGE_SYNTAX.tag({ name: flaw.name, near: suggest(flaw.name, MESSAGE_TAGS) }));
      return;
    case 'syntax':
      report('MESSAGE_SYNTAX', place, SAY.MESSAGE_SYNTAX.main({ said: flaw.message }));
  }
}

/** Whether it is what a form, a fact or a register knows of people, or nothing at all. */
function reportName(checking: Checking, { name, place }: { name: string; place: Place }): void {
  const { definition, report } = checking;
  const words = name.toLowerCase().split('.');
  const isPersonal =
    words.some((word) => PERSONAL_NAMES.includes(word)) ||
    words.some((word) => definition.facts.get(word)?.scope === 'household' || isAnswer(checking, word));
  if (isPersonal) report('PERSONAL_DATA_IN_MESSAGE', place, SAY.PERSONAL_DATA_IN_MESSAGE.main({ name, fields: MESSAGE_FIELDS }));
  else report('UNKNOWN_MESSAGE_FIELD', place, SAY.UNKNOWN_MESSAGE_FIELD.main({ name, near: suggest(name, MESSAGE_FIELDS) }));
}

function isAnswer({ definition }: Checking, word: string): boolean {
  return [...definition.forms.values()].some((form) =>
    cellsOf(definition, form).some((cell) => cell.id === word && privacyOf(cell) !== 'none'),
  );
}
