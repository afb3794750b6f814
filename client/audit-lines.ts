/** The lines of an exported audit: what each of them is, and the trails they make. */
import type { AuditFinding } from './api.ts';
import type { Link, Trail } from './audit-chain.ts';

/** Lines into trails; what is wrong with the file itself is noted. */
export class TrailReader {
  readonly #run: string;
  readonly #found: AuditFinding[];
  readonly #counted = { instances: 0, rows: 0 };
  #trail: { readonly instance: string; readonly end: Trail['end']; readonly links: Link[] } | undefined;
  #ended = false;

  constructor(run: string, found: AuditFinding[]) {
    this.#run = run;
    this.#found = found;
  }

  /** The trail that ends with this line, if one does. */
  take(line: string): Trail | undefined {
    if (this.#ended) {
      this.#found.push(ofFile('inserted', 'lines follow upon the last'));
      return undefined;
    }
    const begun = readInstance(line);
    if (begun !== undefined) return this.#begin(begun);
    const end = readEnd(line);
    if (end === undefined) this.#takeRow(line);
    else this.#takeEnd(end);
    return undefined;
  }

  /** The last trail. */
  end(): Trail | undefined {
    if (!this.#ended) this.#found.push(ofFile('missing', 'the file ends before its last line'));
    return this.#trail;
  }

  #begin(begun: Pick<Trail, 'instance' | 'end'>): Trail | undefined {
    const before = this.#trail;
    if (before !== undefined && begun.instance <= before.instance)
      this.#found.push(
        ofFile('reordered', `its rows stand behind those of ${before.instance}`, { instance: begun.instance, seq: 1 }),
      );
    this.#trail = { ...begun, links: [] };
    this.#counted.instances += 1;
    return before;
  }

  #takeRow(line: string): void {
    const link = readLink('row', line);
    const place = {
      instance: this.#trail?.instance ?? null,
      seq: this.#trail === undefined ? null : this.#trail.links.length + 1,
    };
    const { run, instance, seq, anchor } = (link?.content ?? {}) as Readonly<Record<string, unknown>>;
    if (link === undefined || typeof seq !== 'number') {
      this.#found.push(ofFile('changed', 'its line cannot be read', place));
      return;
    }
    this.#counted.rows += 1;
    if (this.#trail === undefined || run !== this.#run || instance !== this.#trail.instance)
      this.#found.push(ofFile('inserted', `a row of ${String(instance)} stands there`, place));
    else this.#trail.links.push({ seq, anchor: typeof anchor === 'number' ? anchor : null, text: link.text, hash: link.hash });
  }

  #takeEnd({ instances, rows }: { readonly instances: unknown; readonly rows: unknown }): void {
    this.#ended = true;
    const { instances: found, rows: counted } = this.#counted;
    if (instances === found && rows === counted) return;
    this.#found.push(
      ofFile(
        'missing',
        `the file has ${found} instances with ${counted} rows, and should have ${String(instances)} with ${String(rows)}`,
      ),
    );
  }
}

export const ofFile = (
  kind: AuditFinding['kind'],
  message: string,
  { instance = null, seq = null, anchor = null }: Partial<Pick<AuditFinding, 'instance' | 'seq' | 'anchor'>> = {},
): AuditFinding => ({ kind, instance, seq, anchor, message });

/** What a hash covers is taken out of the line as it stands, never written anew. */
export function readLink(
  kind: 'anchor' | 'row',
  line: string | undefined,
): { text: string; hash: string; content: object } | undefined {
  const [, name, text, hash] = /^\{"(anchor|row)":(\{.*\}),"hash":"([0-9a-f]{64})"(?:,"void":true)?\}$/.exec(line ?? '') ?? [];
  const content = name === kind ? parse(text!) : undefined;
  return content === undefined ? undefined : { text: text!, hash: hash!, content };
}

function readInstance(line: string): Pick<Trail, 'instance' | 'end'> | undefined {
  const { instance, rows, hash } = (parse(line) ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof instance !== 'string' || typeof rows !== 'number' || typeof hash !== 'string') return undefined;
  return { instance, end: { rows, hash } };
}

function readEnd(line: string): { readonly instances: unknown; readonly rows: unknown } | undefined {
  return ((parse(line) ?? {}) as { end?: { instances: unknown; rows: unknown } }).end;
}

/** Undefined when it is no JSON object. */
export function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
