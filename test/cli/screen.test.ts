import { describe, expect, it } from 'vitest';
import { createLive, type Screen } from '../../cli/screen.ts';

function createRecorder({ canDraw, columns = 20 }: { canDraw: boolean; columns?: number }) {
  const said: string[] = [];
  let now = 0;
  const note = (text: string): void => void said.push(text);
  const screen: Screen = { out: note, err: note, draw: note, canDraw, columns: () => columns };
  return { live: createLive(screen, () => now), said, pass: (ms: number) => (now += ms) };
}
const view = (text: string) => ({ lines: [text], plain: text });

describe('on a terminal', () => {
  it('a view is drawn over the one before', () => {
    const { live, said, pass } = createRecorder({ canDraw: true });
    live.show({ lines: ['a', 'b'], plain: 'ab' });
    pass(100);
    live.show(view('c'));
    expect(said).toEqual(['a\nb\n', '\x1b[2A\x1b[0Jc\n']);
  });

  it('it is drawn ten times a second at most', () => {
    const { live, said, pass } = createRecorder({ canDraw: true });
    live.show(view('a'));
    pass(50);
    live.show(view('b'));
    expect(said).toHaveLength(1);
  });

  it('a line is cut before it wraps', () => {
    const { live, said } = createRecorder({ canDraw: true, columns: 8 });
    live.show(view('困难职工帮扶'));
    expect(said).toEqual(['困难职…\n']);
  });

  it('what is said stays above the view', () => {
    const { live, said } = createRecorder({ canDraw: true });
    live.show(view('a'));
    live.say('done');
    expect(said.at(-1)).toBe('\x1b[1A\x1b[0Jdone\na\n');
  });

  it('nothing of the view is left when it is taken away', () => {
    const { live, said } = createRecorder({ canDraw: true });
    live.show(view('a'));
    live.clear();
    live.say('done');
    expect(said.slice(1)).toEqual(['\x1b[1A\x1b[0J', 'done\n']);
  });
});

describe('in a file or a log', () => {
  it('nothing moves the cursor', () => {
    const { live, said } = createRecorder({ canDraw: false });
    live.show({ lines: ['a', 'b'], plain: 'ab' });
    live.say('done');
    live.clear();
    expect(said).toEqual(['ab', 'done']);
  });

  it('a view is a line every two seconds, if it has changed', () => {
    const { live, said, pass } = createRecorder({ canDraw: false });
    for (const text of ['a', 'b', 'b', 'c', 'c', 'c']) {
      live.show(view(text));
      pass(1_000);
    }
    expect(said).toEqual(['a', 'b', 'c']);
  });
});
