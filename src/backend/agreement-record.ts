// What was found when native TensorFlow's numbers were compared with WebAssembly's.

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, hostname } from 'node:os';
import { join } from 'node:path';
import type { Installation } from './native/cache.js';

/** How the numbers of native TensorFlow compared with WebAssembly's. */
export interface BackendAgreement {
  /** on which machine: an installation can be copied */
  machine: string;
  agrees: boolean;
  /** between any two numbers, in parts of the largest one; null where some are NaN or infinite */
  largestDifference: number | null;
}

/** Sums in another order differ in the last bits of a float32: a part of about 1e-7 each. */
const tolerated = 1e-4;

const recordName = 'agreement.json';

/** What was found on this machine; undefined where the two have not been compared. */
export function readAgreement({ folder }: Installation): BackendAgreement | undefined {
  try {
    const found = JSON.parse(readFileSync(join(folder, recordName), 'utf8')) as BackendAgreement;
    return found.machine === describeMachine() ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it beside the installation. */
export function recordAgreement({ folder }: Installation, found: Omit<BackendAgreement, 'machine'>): void {
  try {
    writeFileSync(join(folder, recordName), `${JSON.stringify({ machine: describeMachine(), ...found })}\n`);
  } catch {
    // An installation of somebody else's: compared again next time.
  }
}

/** `largest difference 0.50` */
export function describeDifference(largestDifference: number | null): string {
  if (largestDifference === null) return 'some are NaN or infinite';
  return `largest difference ${largestDifference.toPrecision(2)}`;
}

export function compareNumbers(
  ours: ArrayLike<number>,
  theirs: ArrayLike<number>,
): Pick<BackendAgreement, 'agrees' | 'largestDifference'> {
  let [largest, difference] = [0, 0];
  for (let index = 0; index < theirs.length; index++) {
    const [a, b] = [ours[index] as number, theirs[index] as number];
    largest = Math.max(largest, Math.abs(b));
    difference = Math.max(difference, Math.abs(a - b));
  }
  const part = difference / largest;
  if (ours.length !== theirs.length || !Number.isFinite(part)) return { agrees: false, largestDifference: null };
  return { agrees: part <= tolerated, largestDifference: part };
}

function describeMachine(): string {
  return `${hostname()}, ${cpus()[0]?.model ?? 'unknown processor'}`;
}
