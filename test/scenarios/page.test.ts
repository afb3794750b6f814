/** docs/scenarios.md: its example passes, and it names every key of the language. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Act, Expectation, Scenario, Step } from '../../scenarios/language.ts';
import { playOn } from './played.ts';

const page = readFileSync('docs/scenarios.md', 'utf8');

describe('docs/scenarios.md', () => {
  it('has an example that passes', async () => {
    expect(await playOn('definitions/linwei-2020', /```yaml\n([\s\S]*?)```/.exec(page)![1]!)).toEqual([]);
  });

  it.each([
    ['the file', Scenario],
    ['a step', Step],
    ['an act', Act],
    ['an expectation', Expectation],
  ] as const)('names every key of %s', (_what, schema) => {
    const { properties = {} } = z.toJSONSchema(schema) as { properties?: object };
    expect(Object.keys(properties).length).toBeGreaterThan(1);
    expect(Object.keys(properties).filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
  });
});
