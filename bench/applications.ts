import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { peer } from './contestant.js';
import type { Scenario } from './scenario.js';

/** Networks of keras.applications that are measured. */
export const APPLICATIONS = ['MobileNetV2', 'ResNet50'];

/** A folder with the networks as .keras files, made by Keras on first use; without Python there are none. */
export function provideApplications(cache: string, python: string | undefined, chosen: readonly Scenario[]): string {
  const folder = join(cache, 'applications');
  if (python === undefined || !chosen.some(({ needsApplications }) => needsApplications)) return folder;
  mkdirSync(folder, { recursive: true });
  for (const name of APPLICATIONS) {
    const path = join(folder, `${name}.keras`);
    if (existsSync(path)) continue;
    const { status, stderr } = spawnSync(python, [peer('keras_application'), name, path], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${name} could not be made: ${stderr.slice(-2000)}`);
  }
  return folder;
}
