/** As much of JSON Schema as the one for editors uses: whether a value fits, and if not, where and why. */
type Schema = { readonly [keyword: string]: unknown };
type Judge = (given: {
  readonly wanted: never;
  readonly value: unknown;
  readonly at: string;
  readonly root: Schema;
  readonly schema: Schema;
}) => readonly string[];

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typeOf = (value: unknown): readonly string[] => {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  return Number.isInteger(value) ? ['integer', 'number'] : [typeof value];
};

function judge<Wanted>(
  check: (given: {
    readonly wanted: Wanted;
    readonly value: unknown;
    readonly at: string;
    readonly root: Schema;
    readonly schema: Schema;
  }) => readonly string[] | boolean,
): Judge {
  return (given) => {
    const found = check(given as never);
    return typeof found !== 'boolean'
      ? found
      : found
        ? []
        : [`${given.at} does not keep to ${JSON.stringify(given.wanted).slice(0, 80)}`];
  };
}

const text = (check: (value: string, wanted: never) => boolean): Judge =>
  judge(({ value, wanted }) => typeof value !== 'string' || check(value, wanted as never));
const number = (check: (value: number, wanted: number) => boolean): Judge =>
  judge<number>(({ value, wanted }) => typeof value !== 'number' || check(value, wanted));
const list = (check: (value: readonly unknown[], wanted: number) => boolean): Judge =>
  judge<number>(({ value, wanted }) => !Array.isArray(value) || check(value, wanted));

const KEYWORDS: Readonly<Record<string, Judge>> = {
  title: judge(() => true),
  $schema: judge(() => true),
  $defs: judge(() => true),
  $ref: judge<string>(({ wanted, value, at, root }) =>
    misfitsOf(value, (root['$defs'] as Readonly<Record<string, Schema>>)[wanted.replace('#/$defs/', '')]!, { at, root }),
  ),
  type: judge<string>(({ value, wanted }) => typeOf(value).includes(wanted)),
  enum: judge<readonly unknown[]>(({ value, wanted }) => wanted.includes(value)),
  const: judge(({ value, wanted }) => value === wanted),
  anyOf: judge<readonly Schema[]>(({ value, wanted, at, root }) => {
    const found = wanted.map((each) => misfitsOf(value, each, { at, root }));
    return found.some((misfits) => misfits.length === 0) ? [] : [`${at} fits none of ${wanted.length}`, ...found[0]!];
  }),
  allOf: judge<readonly Schema[]>(({ value, wanted, at, root }) =>
    wanted.flatMap((each) => misfitsOf(value, each, { at, root })),
  ),
  if: judge<Schema>(({ value, wanted, at, root, schema }) => {
    const isSo = misfitsOf(value, wanted, { at, root }).length === 0;
    return isSo ? [] : misfitsOf(value, schema['else'] as Schema, { at, root });
  }),
  not: judge<Schema>(({ value, wanted, at, root }) => misfitsOf(value, wanted, { at, root }).length > 0),
  else: judge(() => true),
  properties: judge<Readonly<Record<string, Schema>>>(({ value, wanted, at, root }) =>
    !isMap(value)
      ? []
      : Object.entries(value).flatMap(([key, member]) =>
          Object.hasOwn(wanted, key) ? misfitsOf(member, wanted[key]!, { at: `${at}/${key}`, root }) : [],
        ),
  ),
  required: judge<readonly string[]>(({ value, wanted }) => !isMap(value) || wanted.every((key) => Object.hasOwn(value, key))),
  additionalProperties: judge<Schema | boolean>(({ value, wanted, at, root, schema }) => {
    const others = isMap(value)
      ? Object.keys(value).filter((key) => !Object.hasOwn((schema['properties'] as object) ?? {}, key))
      : [];
    if (typeof wanted === 'boolean') return wanted || others.length === 0;
    return others.flatMap((key) => misfitsOf((value as Schema)[key], wanted, { at: `${at}/${key}`, root }));
  }),
  propertyNames: judge<Schema>(({ value, wanted, at, root }) =>
    isMap(value) ? Object.keys(value).flatMap((key) => misfitsOf(key, wanted, { at: `${at}/${key}`, root })) : [],
  ),
  items: judge<Schema>(({ value, wanted, at, root }) =>
    Array.isArray(value) ? value.flatMap((item, index) => misfitsOf(item, wanted, { at: `${at}/${index}`, root })) : [],
  ),
  minItems: list((value, wanted) => value.length >= wanted),
  maxItems: list((value, wanted) => value.length <= wanted),
  pattern: text((value, wanted) => new RegExp(wanted, 'u').test(value)),
  minLength: text((value, wanted) => [...value].length >= wanted),
  maxLength: text((value, wanted) => [...value].length <= wanted),
  minimum: number((value, wanted) => value >= wanted),
  maximum: number((value, wanted) => value <= wanted),
  exclusiveMinimum: number((value, wanted) => value > wanted),
};

/** Empty where it fits. A keyword that is not known here throws. */
export function misfitsOf(
  value: unknown,
  schema: Schema,
  { at = '', root = schema }: { at?: string; root?: Schema } = {},
): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, wanted]) => {
    const check = KEYWORDS[keyword];
    if (check === undefined) throw new Error(`the schema says '${keyword}' at ${at}, which is not known here`);
    return check({ wanted: wanted as never, value, at, root, schema });
  });
}
