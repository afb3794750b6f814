/** The language as a JSON Schema, for editors: completion, and red underlines before anything is compiled. The compiler itself knows more. */
import { z } from 'zod';
import { MainFile } from './language.ts';

/** The text of definitions/definition.schema.json. One schema for every file of a definition, so no key is required at the top. */
export function renderJsonSchema(): string {
  const schema = z.toJSONSchema(MainFile.partial(), { io: 'input', unrepresentable: 'any', reused: 'ref' });
  return `${JSON.stringify({ title: 'A file of a shigeyi definition', ...schema }, null, 2)}\n`;
}
