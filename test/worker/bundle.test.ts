/** The workflow code as a worker loads it: small, since every worker thread compiles it, and free of what differs between two machines. */
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { workflowBundle } from '../running/bundle.ts';

/** Half of it is Temporal and XState; a thing that does not belong here is mostly more than what is left. */
const MAX_BYTES = 310_000;

describe('the bundle of the workflow code', () => {
  let code: string;
  let sources: readonly string[];

  beforeAll(async () => {
    const text = readFileSync((await workflowBundle()).codePath, 'utf8');
    const [program, map] = text.split('//# sourceMappingURL=data:application/json;charset=utf-8;base64,');
    code = program!;
    sources = (JSON.parse(Buffer.from(map!, 'base64').toString()) as { sources: string[] }).sources;
  }, 60_000);

  it(`is no larger than ${MAX_BYTES / 1000} kB`, () => {
    expect(Buffer.byteLength(code)).toBeLessThan(MAX_BYTES);
  });

  it('holds the engine, and neither the compiler nor what only the edge needs', () => {
    expect(sources.some((path) => path.includes('engine/'))).toBe(true);
    expect(
      sources.filter((path) => /node_modules\/(zod|yaml|pg|exceljs)\/|compiler\/|store\/|platform\/keys/.test(path)),
    ).toEqual([]);
  });

  it('asks nothing of the language settings of a machine', () => {
    expect(code).not.toMatch(/\bIntl\.|toLocale[A-Z]|localeCompare/);
  });

  it('keeps three frames of a stack, because the SDK takes one for every promise', () => {
    expect(code).toMatch(/Error\.stackTraceLimit\s*=\s*3\b/);
  });

  it('leaves nothing behind in the global scope when the engine is evaluated once for all workflows', () => {
    const cache: Record<string, unknown> = {};
    const scope = createContext({ __webpack_module_cache__: cache, TextEncoder, TextDecoder, AsyncLocalStorage: class {} });
    runInContext(code, scope);
    const before = Object.keys(scope).sort();
    runInContext('__TEMPORAL__.preloadModules()', scope);
    expect(Object.keys(scope).sort()).toEqual(before);
    expect(Object.keys(cache).length).toBeGreaterThan(5);
  });
});
