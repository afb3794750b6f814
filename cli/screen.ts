/** Where commands write. Results go to standard output; whatever only accompanies them goes to standard error. */
import { truncate } from '../explainer/display-width.ts';

export interface Screen {
  /** Standard output, a line or several. */
  out(text: string): void;
  /** Standard error, a line or several. */
  err(text: string): void;
  /** Of standard error, raw: for drawing. */
  draw(text: string): void;
  /** Whether standard error is a terminal that understands cursor movements. */
  readonly canDraw: boolean;
  readonly columns: () => number;
}

export function createScreen({
  stdout,
  stderr,
  env,
}: {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: Readonly<Record<string, string | undefined>>;
}): Screen {
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
    draw: (text) => void stderr.write(text),
    canDraw: stderr.isTTY === true && env['TERM'] !== 'dumb',
    columns: () => stderr.columns ?? 80,
  };
}

export interface LiveView {
  /** Drawn over the view before it. */
  readonly lines: readonly string[];
  /** The same in one line, for where nothing can be drawn over. */
  readonly plain: string;
}

/** A part of the screen that changes while something goes on. */
export interface Live {
  show(view: LiveView): void;
  /** A line that stays, above the view. */
  say(line: string): void;
  /** Takes the view away. */
  clear(): void;
}

const REDRAW_MS = 100;
/** On paper and in logs a line every now and then is enough. */
const PLAIN_MS = 2_000;

export function createLive(screen: Screen, now: () => number): Live {
  return screen.canDraw ? createDrawn(screen, now) : createPlain(screen, now);
}

function createDrawn(screen: Screen, now: () => number): Live {
  let drawn = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let last: LiveView | undefined;
  let later: NodeJS.Timeout | undefined;
  const draw = (above: string): void => {
    clearTimeout(later);
    later = undefined;
    // A line that wraps would take two rows, and the next view would be drawn over the wrong ones.
    const lines = (last?.lines ?? []).map((line) => `${truncate(line, screen.columns() - 1)}\n`);
    screen.draw(`${drawn === 0 ? '' : `\x1b[${drawn}A\x1b[0J`}${above}${lines.join('')}`);
    drawn = lines.length;
    drawnAt = now();
  };
  return {
    show(view) {
      last = view;
      const early = drawnAt + REDRAW_MS - now();
      if (early <= 0) draw('');
      else later ??= setTimeout(() => draw(''), early).unref();
    },
    say: (line) => draw(`${line}\n`),
    clear() {
      last = undefined;
      draw('');
    },
  };
}

function createPlain(screen: Screen, now: () => number): Live {
  let saidAt = Number.NEGATIVE_INFINITY;
  let said: string | undefined;
  return {
    show({ plain }) {
      if (plain === said || now() - saidAt < PLAIN_MS) return;
      [said, saidAt] = [plain, now()];
      screen.err(plain);
    },
    say: (line) => screen.err(line),
    clear: () => undefined,
  };
}

/** For when a machine reads along. */
export const silentLive: Live = { show: () => undefined, say: () => undefined, clear: () => undefined };

const TICK_MS = 1_000;

/** Shows what is being waited for, and for how long already. */
export async function whileShowing<T>(
  live: Live,
  view: (elapsedMs: number) => LiveView,
  { now, work }: { now: () => number; work: Promise<T> },
): Promise<T> {
  const startedAt = now();
  const tick = (): void => live.show(view(now() - startedAt));
  tick();
  const ticking = setInterval(tick, TICK_MS);
  try {
    return await work;
  } finally {
    clearInterval(ticking);
  }
}
