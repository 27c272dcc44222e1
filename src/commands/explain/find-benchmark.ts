// Where a network's benchmark of explanations lies, and what it says to the network's explanations.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CnnvizError } from '../../base/errors.js';
import { readJson } from '../../disk/read-file.js';
import { checkContent, checkFormat } from '../../disk/schema.js';
import { benchmarkFormat, benchmarkSchema } from '../../explain/benchmark/benchmark-schema.js';
import { type MethodName, methodNames } from '../../explain/methods.js';
import { identifyModel } from '../../network/identify-model.js';
import { chooseWeights, type FoundModel } from '../../runs/find-model.js';
import type { EventListener } from '../shared/events.js';

export const benchmarkName = 'benchmark.json';

const folderName = 'explanation-benchmark';

/**
 * Where `explain --benchmark` leaves its results: in the run, for `explain` to find, by the epoch of its weights where they
 * are not those that the run was made for; without a run, here.
 */
export function placeBenchmark({ run }: FoundModel): string {
  if (run === undefined) return folderName;
  const { folder } = run.weights;
  const isUsual = folder === chooseWeights(run.record).weights.folder;
  return join(run.folder, isUsual ? folderName : `${folderName}-${folder}`);
}

/** What a benchmark of a network's weights says. */
export interface BenchmarkChoice {
  /** a method at a layer; null where none is trusted */
  chosen: { method: MethodName; layer: string } | null;
  imageCount: number;
}

/**
 * The choice of the benchmark that lies in the network's run.
 *
 * @returns undefined where there is none, one of other weights, or one that cannot be read, which is reported
 */
export async function findBenchmarkChoice(
  found: FoundModel,
  onEvent: EventListener,
): Promise<BenchmarkChoice | undefined> {
  if (found.run === undefined) return undefined;
  const path = join(placeBenchmark(found), benchmarkName);
  if (!(await stat(path).catch(() => undefined))?.isFile()) return undefined;
  try {
    const { identity, chosen, imageCount } = await readBenchmark(path);
    if (identity !== (await identifyModel(found.modelPath))) {
      const message = 'the explanation benchmark of this run is not used: it is of other weights';
      onEvent({ type: 'note', message });
      return undefined;
    }
    if (chosen === null) return { chosen, imageCount };
    const method = methodNames.find((name) => name === chosen.method);
    if (method === undefined) throw new CnnvizError('BAD_ARGUMENT', `${path}: chosen.method: unknown`);
    return { chosen: { method, layer: chosen.layer }, imageCount };
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    onEvent({ type: 'warning', message: `the explanation benchmark of this run is not used: ${error.message}` });
    return undefined;
  }
}

async function readBenchmark(path: string) {
  const refuse = (reason: string) => new CnnvizError('BAD_ARGUMENT', `${path}: ${reason}`);
  const content = await readJson(path, refuse);
  const { format, formatVersion: version } = benchmarkFormat;
  checkFormat(content, { format, version, expected: 'a benchmark of explanations' }, refuse);
  const benchmark = checkContent(benchmarkSchema, content, refuse);
  if (benchmark.formatVersion === version) return benchmark;
  throw refuse('made before verdicts were corrected for the number of methods; run explain --benchmark again');
}
