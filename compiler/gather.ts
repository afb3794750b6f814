/** Joins the files of a definition: the same maps and lists, whatever file they were written in. */
import type { Place, Report } from './issue.ts';
import type {
  Action,
  Bulletin,
  ContentFile,
  Fact,
  Indicator,
  Ladder,
  MainFile,
  Message,
  Phase,
  Role,
  Rung,
  Target,
  Task,
} from './language.ts';
import type { ChoiceList, Form, Part } from './form-language.ts';
import type { Places } from './places.ts';
import { resolveLadders } from './resolve-ladders.ts';
import { SAY } from './messages.ts';
import { NOTES } from './messages/notes.ts';

/**
 * What a definition may refer to by name, by kind, each with the place where it got it. Written down before misfits are taken out: a broken task is still
 * a task that exists.
 */
export type Names = Readonly<Record<Exclude<MapKind, 'targets' | 'bulletins' | 'messages'> | 'tasks', Map<string, Place>>>;

export type Named<T> = ReadonlyMap<string, T>;

export interface Definition {
  /** Keys that were missing or wrong are undefined. */
  readonly head: Partial<MainFile> & object;
  readonly names: Names;
  readonly roles: Named<Role>;
  readonly facts: Named<Fact>;
  /** What each ladder comes to, and how it is written. */
  readonly ladders: Named<readonly Rung[]>;
  readonly writtenLadders: Named<Ladder>;
  readonly lists: Named<ChoiceList>;
  readonly parts: Named<Part>;
  readonly forms: Named<Form>;
  readonly targets: Named<Target>;
  readonly indicators: Named<Indicator>;
  readonly bulletins: Named<Bulletin>;
  readonly messages: Named<Message>;
  readonly phases: readonly Phase[];
  readonly tasks: readonly PlacedTask[];
  /** The map each name was written in, for its place. */
  readonly writtenIn: (kind: MapKind, id: string) => object;
}

/** A task with what it stands in. */
export interface PlacedTask {
  readonly task: Task;
  readonly phase: Phase;
  readonly phaseIndex: number;
  readonly action: Action;
}

const MAP_KINDS = [
  'roles',
  'facts',
  'ladders',
  'lists',
  'parts',
  'forms',
  'targets',
  'indicators',
  'bulletins',
  'messages',
] as const;
export type MapKind = (typeof MAP_KINDS)[number];

/** Of unchecked files. */
export function collectNames(files: readonly object[], places: Places): Names {
  const names: Names = {
    roles: new Map(),
    facts: new Map(),
    ladders: new Map(),
    lists: new Map(),
    parts: new Map(),
    forms: new Map(),
    indicators: new Map(),
    tasks: new Map(),
  };
  const collect = (kind: keyof Names, id: string, place: Place): void => {
    if (!names[kind].has(id)) names[kind].set(id, place);
  };
  for (const file of files) {
    for (const kind of MAP_KINDS) {
      const map = read(file, kind);
      if (kind === 'targets' || kind === 'bulletins' || kind === 'messages' || typeof map !== 'object' || map === null) continue;
      for (const id of Object.keys(map)) collect(kind, id, places.ofKey(map, id));
    }
    for (const phase of listOf(file, 'phases')) {
      for (const action of listOf(phase, 'actions')) {
        for (const task of listOf(action, 'tasks')) {
          const id = read(task, 'id');
          if (typeof id === 'string') collect('tasks', id, places.of(task as object, 'id'));
        }
      }
    }
  }
  return names;
}

const read = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
const listOf = (value: unknown, key: string): readonly unknown[] => {
  const list = read(value, key);
  return Array.isArray(list) ? list : [];
};

/** The first file is the main one. */
export function gather(
  files: readonly ContentFile[],
  { names, places, report }: { names: Names; places: Places; report: Report },
): Definition {
  const written = new Map<string, object>();
  const join = <T>(kind: MapKind): Named<T> => {
    const joined = new Map<string, T>();
    for (const file of files) {
      const map = (file[kind] ?? {}) as Record<string, T>;
      for (const [id, value] of Object.entries(map)) {
        if (joined.has(id))
          reportDuplicate(report, {
            what: kind.slice(0, -1),
            id,
            place: places.ofKey(map, id),
            first: places.ofKey(written.get(`${kind} ${id}`)!, id),
          });
        else {
          joined.set(id, value);
          written.set(`${kind} ${id}`, map);
        }
      }
    }
    return joined;
  };
  const writtenLadders = join<Ladder>('ladders');
  const phases = files.flatMap((file) => file.phases ?? []);
  return {
    head: files[0] as Partial<MainFile> & object,
    names,
    roles: join('roles'),
    facts: join('facts'),
    ladders: resolveLadders(writtenLadders),
    writtenLadders,
    lists: join('lists'),
    parts: join('parts'),
    forms: join('forms'),
    targets: join('targets'),
    indicators: join('indicators'),
    bulletins: join('bulletins'),
    messages: join('messages'),
    phases,
    tasks: phases.flatMap((phase, phaseIndex) =>
      phase.actions.flatMap((action) => action.tasks.map((task) => ({ task, phase, phaseIndex, action }))),
    ),
    writtenIn: (kind, id) => written.get(`${kind} ${id}`)!,
  };
}

/** Row templates: tasks that some rule for rows names. */
export function rowTemplates(tasks: readonly PlacedTask[]): ReadonlySet<string> {
  return new Set(tasks.flatMap(({ task }) => (task.rows ?? []).flatMap((rule) => rule.task ?? [])));
}

export function reportDuplicate(
  report: Report,
  {
    what,
    id,
    place,
    first,
  }: {
    what: string;
    id: string | number;
    place: Place;
    first: Place;
  },
): void {
  report('DUPLICATE_ID', place, SAY.DUPLICATE_ID.main({ what, id, file: first.file, line: first.line }), [
    { ...first, note: NOTES.firstUsed },
  ]);
}
