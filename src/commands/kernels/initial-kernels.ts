// The kernels that a run's network started with.

import type { Architecture } from '../../network/architecture.js';
import { initializeKernels } from '../../network/build.js';
import type { LayerKernels } from '../../network/kernels.js';
import type { FoundModel } from '../../runs/find-model.js';

/**
 * Computes the initial kernels of a run's network from the run's seed: nothing else is kept of them.
 *
 * @returns undefined where they cannot be known: without a run, for one that started from another's weights, or where the
 *   network is not the one that the run's options make
 */
export async function findInitialKernels(
  { run }: FoundModel,
  kernels: readonly LayerKernels[],
): Promise<Map<string, Float32Array> | undefined> {
  if (run === undefined || run.record.options.from !== undefined) return undefined;
  const { options, classNames, seed } = run.record;
  const filters = kernels.map(({ shape }) => shape[3]);
  if (String(options.filters) !== String(filters)) return undefined;
  const architecture = { ...options, filters, classCount: classNames.length } as unknown as Architecture;
  // What a record says of options is not checked when it is read.
  const initial = await initializeKernels(architecture, seed).catch(() => undefined);
  const fits = kernels.every(({ name, values }) => initial?.get(name)?.length === values.length);
  return fits ? initial : undefined;
}
