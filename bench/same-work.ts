/** Whether the two sides of a pair did the same work: figures of different work are not compared. */
import type { Volume } from '../store/volume.ts';
import type { RoundFigures } from './round.ts';
import type { Pair } from './statistics.ts';

/** Rows of the same things, yet a digest or a name may take a few bytes more. */
const BYTES_APART = 0.05;

const COUNTED = ['flushes', 'tasks', 'doneTasks', 'audit', 'outbox', 'commands'] as const;

/** Every difference as a sentence; none when the work was the same. */
export function differencesOf(
  { engine, reference }: Pair<Pick<RoundFigures, 'volumes'>>,
  { households, tasks }: { households: number; tasks: number },
): readonly string[] {
  const differences: string[] = [];
  for (const [side, { volumes }] of Object.entries({ engine, reference })) {
    if (volumes.length !== households) differences.push(`the ${side} has ${volumes.length} households of ${households}`);
    const open = volumes.filter(({ status, doneTasks }) => status !== 'closed' || doneTasks !== tasks);
    if (open.length > 0)
      differences.push(`${open.length} households of the ${side} were not worked through and closed, ${open[0]!.instance} first`);
  }
  const others = new Map(reference.volumes.map((volume) => [volume.instance, volume]));
  for (const volume of engine.volumes) {
    const other = others.get(volume.instance);
    const apart = other === undefined ? COUNTED : COUNTED.filter((kind) => volume[kind] !== other[kind]);
    if (apart.length > 0)
      differences.push(`${volume.instance}: ${apart.map((kind) => `${kind} ${volume[kind]} and ${other?.[kind]}`).join(', ')}`);
  }
  const ratio = bytesOf(engine.volumes) / bytesOf(reference.volumes);
  if (Math.abs(ratio - 1) > BYTES_APART)
    differences.push(`the engine's rows have ${ratio.toFixed(3)} times the bytes of the reference's`);
  return differences;
}

const bytesOf = (volumes: readonly Volume[]): number => volumes.reduce((sum, { bytes }) => sum + bytes, 0);
