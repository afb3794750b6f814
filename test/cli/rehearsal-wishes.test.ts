import { describe, expect, it } from 'vitest';
import { REHEARSAL_WISHES } from '../../cli/rehearsal-wishes.ts';
import { compileDefinition } from '../../compiler/compile.ts';
import { readDefinition } from '../../compiler/read-definition.ts';
import type { Field } from '../../model/form.ts';
import { DEFINITION } from './fake-host.ts';

const compiled = compileDefinition(readDefinition(DEFINITION));
if (!('plan' in compiled)) throw new Error('the first campaign does not compile');
const { forms } = compiled.plan;

const membersOf = (field: Field | undefined): readonly string[] =>
  field === undefined || field.type === 'table'
    ? []
    : field.type === 'yes-no'
      ? ['true', 'false']
      : (field.choices ?? []).map(({ id }) => id);

describe.each(Object.entries(REHEARSAL_WISHES))('what people tend to answer on %s', (id, wishes) => {
  it.each(Object.entries(wishes))('is about a field that is there, and members that it has: %s', (name, wish) => {
    const field = forms[id]?.fields.find((one) => one.id === name);
    expect(field).toBeDefined();
    if (typeof wish === 'number') expect(field).toMatchObject({ type: 'table' });
    else expect(membersOf(field)).toEqual(expect.arrayContaining(Object.keys((wish as { weights: object }).weights)));
  });
});
