/** A JSON shape in words that programmers read at a glance: TypeScript's, with what each member means beside it. */
import { z } from 'zod';

interface Shape {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  /** Of a list of fixed length: what stands at each place. */
  readonly prefixItems?: readonly Shape[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly additionalProperties?: Shape | boolean;
}

export function describeShape(schema: z.ZodType): string {
  return describe(z.toJSONSchema(schema) as Shape, '');
}

function describe(shape: Shape, indent: string): string {
  const { type, items, prefixItems, anyOf, properties, additionalProperties } = shape;
  if (shape.enum !== undefined) return shape.enum.map((member) => `'${String(member)}'`).join(' | ');
  if (anyOf !== undefined) return anyOf.map((member) => describe(member, indent)).join(' | ');
  if (properties !== undefined) return describeObject(shape, indent);
  if (prefixItems !== undefined) return `[${prefixItems.map((item) => describe(item, indent)).join(', ')}]`;
  if (type === 'array') return `${listed(describe(items ?? {}, indent))}[]`;
  if (typeof additionalProperties === 'object') return `{ [id: string]: ${describe(additionalProperties, indent)} }`;
  return (typeof type === 'object' ? type : [type ?? '']).map((name) => NAMES[name] ?? 'unknown').join(' | ');
}

const NAMES: Readonly<Record<string, string>> = {
  integer: 'number',
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  null: 'null',
};

/** Members of a union are held together before the brackets of a list. */
const listed = (member: string): string => (member.includes(' | ') && !member.startsWith('{') ? `(${member})` : member);

/** Members that fit on one line, when nothing is to be said about them. */
const SHORT = 3;

function describeObject({ properties = {}, required = [] }: Shape, indent: string): string {
  const members = Object.entries(properties);
  if (
    members.length <= SHORT &&
    members.every(([, { description = '', properties: deeper }]) => description === '' && deeper === undefined)
  ) {
    return `{ ${members.map(([name, member]) => `${name}: ${describe(member, indent)}`).join('; ')} }`;
  }
  const inner = `${indent}  `;
  const lines = members.map(([name, member]) => {
    const about = member.description === undefined || member.description === '' ? '' : ` // ${member.description}`;
    const text = `${inner}${name}${required.includes(name) ? '' : '?'}: `;
    const [first, ...rest] = describe(member, inner).split('\n');
    // What a member of several lines means stands where it begins.
    return [
      `${text}${first}${rest.length === 0 ? ';' : ''}${about}`,
      ...rest.map((line, index) => (index === rest.length - 1 ? `${line};` : line)),
    ].join('\n');
  });
  return ['{', ...lines, `${indent}}`].join('\n');
}
