/**
 * The language as a JSON Schema, for editors: completion, and red underlines before anything is compiled. The compiler itself knows more. What it would
 * take must never be underlined, so a parameter may stand for any scalar, and in a version of a definition everything may be left out or taken out.
 */
import { z } from 'zod';
import { MainFile } from './language.ts';

type Schema = { readonly [key: string]: unknown };
type Defs = Readonly<Record<string, Schema>>;

/** How a schema is rewritten: what its references lead to, and whether what it describes is laid over a base. */
interface Rewriting {
  readonly raw: Defs;
  readonly prefix: string;
  readonly isVersion: boolean;
}

const PARAMETER = { type: 'string', pattern: '\\$\\{' };
const REMOVAL = { type: 'object', properties: { remove: { const: true } }, required: ['remove'], additionalProperties: false };
/** A file that is no main file may belong to a version. */
const STANDS_ALONE = { required: ['shigeyi'], not: { required: ['base'] } };
/** What a main file says before parameters are known. */
const PLAIN_KEYS: ReadonlySet<string> = new Set(['shigeyi', 'base', 'parameters', 'files']);

/** The text of definitions/definition.schema.json. One schema for every file of a definition, so no key is required at the top. */
export function renderJsonSchema(): string {
  const whole = z.toJSONSchema(MainFile.partial(), { io: 'input', unrepresentable: 'any', reused: 'ref' });
  const { $schema, $defs = {}, ...root } = whole as Schema & { readonly $defs?: Defs };
  const file = rewriteAll(root, { raw: $defs, prefix: '', isVersion: false });
  const version = rewriteAll(root, { raw: $defs, prefix: 'version_', isVersion: true });
  const schema = {
    title: 'A file of a shigeyi definition',
    $schema,
    allOf: [
      { if: { not: STANDS_ALONE }, else: { $ref: '#/$defs/file' } },
      { if: STANDS_ALONE, else: { $ref: '#/$defs/version' } },
    ],
    $defs: { file: file.root, version: version.root, parameter: PARAMETER, removal: REMOVAL, ...file.defs, ...version.defs },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function rewriteAll(root: Schema, rewriting: Rewriting): { readonly root: Schema; readonly defs: Defs } {
  const properties = mapped(root['properties'] as Defs, (member, key) =>
    PLAIN_KEYS.has(key) ? inlined(member, rewriting.raw) : memberOf(member, rewriting),
  );
  const defs = Object.entries(rewriting.raw).map(([name, def]) => [rewriting.prefix + name, rewrite(def, rewriting)] as const);
  return { root: { ...root, properties }, defs: Object.fromEntries(defs) };
}

/** What stands under a key, or in a list. */
function memberOf(schema: Schema, rewriting: Rewriting): Schema {
  const rewritten = rewrite(schema, rewriting);
  return rewriting.isVersion ? { anyOf: [rewritten, { $ref: '#/$defs/removal' }] } : rewritten;
}

/** Depth is that of the language's own schemas, which name what is recursive. */
function rewrite(schema: Schema, rewriting: Rewriting): Schema {
  const { $ref, anyOf, oneOf, properties, additionalProperties, propertyNames, items, required, ...rest } = schema;
  if (typeof $ref === 'string') return { $ref: `#/$defs/${rewriting.prefix}${nameIn($ref)}` };
  // A parameter, or a part of a whole, may fit several.
  const choices = (anyOf ?? oneOf) as readonly Schema[] | undefined;
  if (choices !== undefined) return { ...rest, anyOf: choices.map((each) => rewrite(each, rewriting)) };
  if (isScalar(schema)) return { anyOf: [schema, { $ref: '#/$defs/parameter' }] };
  const { isVersion, raw } = rewriting;
  const members = properties === undefined ? undefined : mapped(properties as Defs, (member) => memberOf(member, rewriting));
  return {
    ...rest,
    ...(members && { properties: isVersion && 'id' in members ? { ...members, remove: { const: true } } : members }),
    ...(isSchema(additionalProperties)
      ? { additionalProperties: memberOf(additionalProperties, rewriting) }
      : additionalProperties !== undefined && { additionalProperties }),
    ...(isSchema(propertyNames) && { propertyNames: inlined(propertyNames, raw) }),
    ...(isSchema(items) && { items: rewrite(items, rewriting) }),
    ...(required !== undefined && !isVersion && { required }),
  };
}

const SCALARS: readonly unknown[] = ['string', 'number', 'integer', 'boolean'];

const isScalar = (schema: Schema): boolean => SCALARS.includes(schema['type']) || 'enum' in schema || 'const' in schema;
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;
const nameIn = (ref: string): string => ref.slice('#/$defs/'.length);

const mapped = (schemas: Defs, change: (schema: Schema, key: string) => Schema): Defs =>
  Object.fromEntries(Object.entries(schemas).map(([key, schema]) => [key, change(schema, key)]));

/** As it is, where no parameter can stand. */
const inlined = (schema: Schema, raw: Defs): Schema =>
  typeof schema['$ref'] === 'string' ? raw[nameIn(schema['$ref'])]! : schema;
