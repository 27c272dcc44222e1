import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contestant, Place } from './scenario.js';

/** Steps that are timed, after some to warm up. */
export const STEPS = '20';

/** A script of ours in contestants/. */
export function script(name: string): string {
  return fileURLToPath(new URL(`contestants/${name}.js`, import.meta.url));
}

/** A script of the peers' in peers/. */
export function peer(name: string): string {
  return fileURLToPath(new URL(`../../bench/peers/${name}.py`, import.meta.url));
}

/** The command line as it is installed. */
export const cnnviz = fileURLToPath(new URL('../../bin/cnnviz.js', import.meta.url));

export function contestant(name: string, command: string[] | Contestant['command']): Contestant {
  return { name, command: Array.isArray(command) ? () => command : command };
}

/** An image that no network was trained on. */
export function firstTestImage({ photographs }: Place): string {
  const folder = join(photographs, 'test');
  const [firstClass] = readdirSync(folder).sort();
  const classFolder = join(folder, firstClass as string);
  return join(classFolder, readdirSync(classFolder).sort()[0] as string);
}
