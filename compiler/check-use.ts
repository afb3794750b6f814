/** What is defined and never used, and facts that are asked for and never known. */
import type { Checking } from './checking.ts';
import { cellsOf, fieldsOf, isTable } from './fields.ts';
import type { MapKind } from './gather.ts';
import { holdingRole } from './holders.ts';
import { toldRole } from './check-roles.ts';
import { usedLadders } from './ladders.ts';
import { SAY } from './messages.ts';

/** `warn`: say also what is never used; a name that is misspelt where it should be used would only be reported twice. */
export function checkUse(checking: Checking, { read, warn }: { read: ReadonlySet<string>; warn: boolean }): void {
  checkFacts(checking, { read, warn });
  if (warn) checkNames(checking);
}

function checkNames(checking: Checking): void {
  const { definition } = checking;
  const tasks = definition.tasks.map(({ task }) => task);
  const forms = [...definition.forms.values()];
  const parts = [...definition.parts.values()].flat();
  const cells = forms.flatMap((form) =>
    fieldsOf(definition, form).flatMap((field) => (isTable(field) ? field.columns : [field])),
  );
  const uses = [
    ...forms.flatMap(({ fields }) => fields),
    ...forms.flatMap(({ fields }) => fields.flatMap((field) => ('columns' in field ? field.columns : []))),
  ];

  const { assigned = {} } = definition.head;
  reportUnused(checking, 'forms', new Set([assigned.form, ...tasks.map(({ form }) => form)]));
  reportUnused(checking, 'ladders', usedLadders(definition));
  reportUnused(checking, 'parts', new Set(uses.flatMap((use) => ('part' in use ? use.part : []))));
  reportUnused(
    checking,
    'lists',
    new Set([...cells, ...parts].flatMap(({ choices }) => (typeof choices === 'string' ? choices : []))),
  );
  reportUnused(
    checking,
    'roles',
    new Set([
      ...Object.values({ review: assigned.review, ...assigned.holder }),
      ...tasks.flatMap((task) => holdingRole(task) ?? []),
      ...tasks.flatMap(({ reviews, assigns }) => [
        ...(reviews ?? []).map(({ confirm, accept }) => confirm ?? accept!),
        ...Object.values(assigns ?? {}),
      ]),
      ...[...definition.ladders.values()].flat().flatMap((rung) => toldRole(rung) ?? []),
      ...[...definition.bulletins.values()].map(({ to }) => to),
      ...[...definition.roles.values()].flatMap(({ fallback }) => fallback ?? []),
      ...[...cells, ...parts].flatMap(({ role }) => role ?? []),
    ]),
  );
}

function reportUnused(
  { definition, places, report }: Checking,
  kind: Exclude<MapKind, 'targets' | 'facts' | 'indicators' | 'bulletins' | 'messages'>,
  used: ReadonlySet<string | undefined>,
): void {
  for (const id of definition[kind].keys()) {
    if (used.has(id)) continue;
    report('UNUSED', places.ofKey(definition.writtenIn(kind, id), id), SAY.UNUSED.main({ kind: kind.slice(0, -1), id }));
  }
}

/** A fact is set by the register, at the start, by a form, or by an outcome. */
function checkFacts(
  { definition, places, report }: Checking,
  { read, warn }: { read: ReadonlySet<string>; warn: boolean },
): void {
  const tasks = definition.tasks.map(({ task }) => task);
  const inForms = new Set(
    [...definition.forms.values()].flatMap((form) => cellsOf(definition, form).flatMap(({ fact }) => fact ?? [])),
  );
  const set = new Set([
    ...inForms,
    ...tasks.flatMap(({ outcomes }) => (outcomes ?? []).flatMap((outcome) => Object.keys(outcome.set ?? {}))),
  ]);
  for (const [id, fact] of definition.facts) {
    const place = places.ofKey(definition.writtenIn('facts', id), id);
    const isSet = fact.from === 'roster' || fact.initial !== undefined || set.has(id);
    if (read.has(id) && !isSet) report('FACT_NEVER_SET', place, SAY.FACT_NEVER_SET.main({ fact: id }));
    else if (warn && !read.has(id) && !set.has(id)) report('UNUSED', place, SAY.UNUSED.main({ kind: 'fact', id }));
  }
}
