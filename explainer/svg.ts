/** Pictures as text: SVG that holds everything it needs, so that it can be opened, mailed and printed anywhere. */
import { displayWidth, truncate } from './display-width.ts';

/** In pixels: of the letters, and of one cell of them, of which a Chinese character takes two. */
export const LETTERS = 12;
const CELL = 6.6;
/** A text fits into the very width that was reckoned for it. */
const ROUNDED = 1e-6;
/** Fonts that machines have; nothing is fetched. */
const FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif";

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** For who cannot see it. */
  readonly title: string;
  readonly description: string;
  readonly parts: readonly string[];
}

export function drawSvg({ width, height, title, description, parts }: Drawing): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" font-family="${FONT}" font-size="${LETTERS}">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(description)}</desc>`,
    `<rect width="${round(width)}" height="${round(height)}" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
  ].join('\n')}\n`;
}

export const escapeXml = (text: string): string =>
  text
    // Characters that XML cannot hold at all, escaped or not.
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

export interface Words {
  readonly x: number;
  /** Of the line the letters stand on. */
  readonly y: number;
  readonly text: string;
  /** Cut to so many pixels, with the whole of it shown to who points at it. */
  readonly width?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: 'bold';
  readonly fill?: string;
  readonly size?: number;
}

export function drawWords({ x, y, text, width, anchor = 'start', weight, fill = '#222222', size = LETTERS }: Words): string {
  const kept = width === undefined ? text : truncate(text, Math.floor(width / (CELL * (size / LETTERS)) + ROUNDED));
  const whole = kept === text ? '' : `<title>${escapeXml(text)}</title>`;
  const style = `${weight === undefined ? '' : ` font-weight="${weight}"`}${size === LETTERS ? '' : ` font-size="${size}"`}`;
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="${fill}"${style}>${whole}${escapeXml(kept)}</text>`;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
  readonly stroke?: string;
  readonly radius?: number;
  readonly dashed?: boolean;
  /** Shown to who points at it. */
  readonly tip?: string;
}

export function drawBox({ x, y, width, height, fill, stroke, radius = 0, dashed = false, tip }: Box): string {
  const line = stroke === undefined ? '' : ` stroke="${stroke}"${dashed ? ' stroke-dasharray="4 3"' : ''}`;
  const shape = `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}" fill="${fill}"${line}`;
  return tip === undefined ? `${shape}/>` : `${shape}><title>${escapeXml(tip)}</title></rect>`;
}

/** One thing that a legend explains: a mark of its own, if the words do not have it. */
export interface LegendEntry {
  readonly text: string;
  readonly box?: Pick<Box, 'fill' | 'stroke' | 'dashed'>;
  readonly fill?: string;
}

const LEGEND = { line: 18, mark: 19, apart: 14 };

/** Entries one after another, on as many lines as they take. `bottom`: where the next thing may begin. */
export function drawLegend(
  entries: readonly LegendEntry[],
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): { readonly parts: readonly string[]; readonly bottom: number } {
  const parts: string[] = [];
  let [left, line] = [x, y];
  for (const { text, box, fill } of entries) {
    const wide = (box === undefined ? 0 : LEGEND.mark) + widthOf(text);
    if (left > x && left + wide > x + width) [left, line] = [x, line + LEGEND.line];
    if (box !== undefined) parts.push(drawBox({ x: left, y: line - 10, width: 14, height: 11, ...box, radius: 2 }));
    parts.push(drawWords({ x: left + (box === undefined ? 0 : LEGEND.mark), y: line, text, ...(fill && { fill }) }));
    left += wide + LEGEND.apart;
  }
  return { parts, bottom: line + LEGEND.line };
}

/** How many pixels a text takes, about. */
export const widthOf = (text: string, size: number = LETTERS): number => displayWidth(text) * CELL * (size / LETTERS);

export const round = (value: number): number => Math.round(value * 100) / 100;

/** Tasks by scope, the same in every picture. */
export const SCOPE_COLOURS = {
  campaign: { fill: '#fde2c8', stroke: '#c26a11' },
  union: { fill: '#d6e6f8', stroke: '#2f6fab' },
  household: { fill: '#d9efdb', stroke: '#3b8746' },
} as const;
