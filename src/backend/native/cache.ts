// Where set-up leaves native TensorFlow, and what is there.

import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CnnvizError } from '../../base/errors.js';
import { cnnvizHome, type Environment } from '../../disk/home-folder.js';
import { findPlatform } from './platform.js';

/** What set-up left behind: where native TensorFlow lies and what it was made from. */
export interface Installation {
  /** absolute; holds everything that is loaded */
  folder: string;
  tensorflowVersion: string;
  tfjsNodeVersion: string;
  /** of the wheel the libraries came from */
  wheelSha256: string;
  /** ISO 8601 */
  installedAt: string;
}

/** File names inside an installation's folder, beside TensorFlow's libraries. */
export const INSTALLED = {
  binding: 'tfjs_binding.node',
  hush: 'hush.node',
  tfjsNode: join('node_modules', '@tensorflow', 'tfjs-node'),
} as const;

/** Beside them, for training on several machines; everything else works without it. */
export const CLUSTER_ADDON = 'cluster.node';

/** Raised whenever an installation made by an older cnnviz would no longer do. */
const LAYOUT = 1;

/** The folder under `cnnvizHome()` that native set-up owns. */
export function nativeHome(env?: Environment): string {
  return join(cnnvizHome(env), 'native');
}

/** The small file whose rename commits an installation: it names the folder that counts. */
export function pointerFile(home: string): string {
  return join(home, `current-${LAYOUT}.json`);
}

/** The installation that counts, or undefined where there is none (or none that can be read). */
export function findInstallation(home?: string): Installation | undefined {
  try {
    const place = home ?? nativeHome();
    const pointer = JSON.parse(readFileSync(pointerFile(place), 'utf8')) as Installation;
    return { ...pointer, folder: join(place, pointer.folder) };
  } catch {
    return undefined;
  }
}

/** The installation that counts, if it holds all that is loaded: a cleaner may have emptied the cache in part. */
export function findWholeInstallation(home?: string): Installation | undefined {
  const installation = findInstallation(home);
  return installation && describeDamage(installation) === undefined ? installation : undefined;
}

/** The addon for training on several machines, or undefined where set-up has not compiled it. */
export function findClusterAddon({ folder }: Installation): string | undefined {
  const addon = join(folder, CLUSTER_ADDON);
  return readingFailure(addon) === undefined ? addon : undefined;
}

/** Why there is no installation that can be used; undefined where there is simply none. */
export function explainNoInstallation(): { reason: string; hint?: string } | undefined {
  let home: string;
  try {
    home = nativeHome();
  } catch (error) {
    const { message, hint } = error as CnnvizError;
    return { reason: `is not set up: ${message}`, ...(hint !== undefined && { hint }) };
  }
  if (readingFailure(pointerFile(home)) === 'EACCES')
    return { reason: `cannot be read in ${home}`, hint: askForModes(home) };
  const installation = findInstallation(home);
  if (installation === undefined) return undefined;
  const damage = describeDamage(installation);
  if (damage === 'EACCES') return { reason: `cannot be read in ${installation.folder}`, hint: askForModes(home) };
  return { reason: `is incomplete in ${installation.folder}` };
}

function askForModes(folder: string): string {
  return `Ask its owner to run \`chmod -R a+rX ${folder}\`, or set CNNVIZ_HOME to a folder of your own and run \`cnnviz setup\`.`;
}

/** The system's code for the first file that is not there or may not be read. */
function describeDamage({ folder }: Installation): string | undefined {
  const libraries = findPlatform(process)?.libraries;
  for (const name of [...(libraries ? Object.values(libraries) : []), ...Object.values(INSTALLED)]) {
    const failure = readingFailure(join(folder, name));
    if (failure !== undefined) return failure;
  }
  return undefined;
}

function readingFailure(path: string): string | undefined {
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
