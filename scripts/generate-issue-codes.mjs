// Writes docs/issue-codes.md from compiler/codes.ts: node --import tsx scripts/generate-issue-codes.mjs
import { writeFileSync } from 'node:fs';
import { renderCodesPage } from '../compiler/codes.ts';

writeFileSync(new URL('../docs/issue-codes.md', import.meta.url), renderCodesPage());
