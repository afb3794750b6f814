// Writes definitions/definition.schema.json from compiler/language.ts: node --import tsx scripts/generate-definition-schema.mjs
import { writeFileSync } from 'node:fs';
import { renderJsonSchema } from '../compiler/json-schema.ts';

writeFileSync(new URL('../definitions/definition.schema.json', import.meta.url), renderJsonSchema());
