import { fileURLToPath } from 'node:url';

/** A module of scripts/, which is plain JavaScript and says nothing of its types. */
export async function loadScript<T>(name: string): Promise<T> {
  return (await import(scriptPath(name))) as T;
}

export function scriptPath(name: string): string {
  return fileURLToPath(new URL(`../../scripts/${name}`, import.meta.url));
}
