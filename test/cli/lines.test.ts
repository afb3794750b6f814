import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readLines, writeLines } from '../../cli/lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'shigeyi-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function* each(...lines: readonly string[]): AsyncGenerator<string> {
  yield* await Promise.resolve(lines);
}

async function all(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines(path)) lines.push(line);
  return lines;
}

describe('a file of lines', () => {
  it('is read as it was written', async () => {
    const path = join(folder, 'two');
    await writeLines(path, each('十个一', '', 'three'));
    expect(readFileSync(path, 'utf8')).toBe('十个一\n\nthree\n');
    expect(await all(path)).toEqual(['十个一', '', 'three']);
  });

  it('may end without an end of line, and be larger than what is read at once', async () => {
    const path = join(folder, 'large');
    const line = '一'.repeat(30_000);
    writeFileSync(path, [line, line, line].join('\n'));
    expect(await all(path)).toEqual([line, line, line]);
  });

  it('without lines comes in pieces', async () => {
    const path = join(folder, 'film');
    writeFileSync(path, 'x'.repeat(2_500_000));
    expect((await all(path)).every(({ length }) => length < 1_200_000)).toBe(true);
  });

  it('that is there already is left as it is', async () => {
    const path = join(folder, 'mine');
    writeFileSync(path, 'mine');
    await expect(writeLines(path, each('yours'))).rejects.toMatchObject({ failure: { code: 'FILE_EXISTS' } });
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('that cannot be finished is taken away', async () => {
    const path = join(folder, 'half');
    async function* failing(): AsyncGenerator<string> {
      yield await Promise.resolve('one');
      throw new Error('the database is away');
    }
    await expect(writeLines(path, failing())).rejects.toThrow('the database is away');
    expect(existsSync(path)).toBe(false);
  });

  it('in a folder that there is not is refused', async () => {
    await expect(writeLines(join(folder, 'none', 'file'), each())).rejects.toMatchObject({
      failure: { code: 'FILE_UNWRITABLE' },
    });
  });
});
