// Names that a run's record can refuse, before TensorFlow is loaded.

import { type LayerSelection, selectLayers } from '../../activations/select-layers.js';
import { type ClassChoice, findClasses } from '../../explain/targets.js';
import type { FoundModel } from '../../runs/find-model.js';

/** Of these the record names only the whole, and what is in them can be asked for too. */
const NESTED = ['Functional', 'Model', 'Sequential'];

/** @throws CnnvizError NOT_FOUND for a layer or a class that the run does not have; what only the network knows it leaves */
export function checkNames(
  { run }: FoundModel,
  { layers, classes = [] }: { layers?: LayerSelection | undefined; classes?: readonly ClassChoice[] },
): void {
  if (run === undefined) return;
  const { model, classNames } = run.record;
  if (classNames.length > 0) findClasses(classes, classNames, classNames.length);
  const isPlain = !model.layers.some(({ kind }) => NESTED.includes(kind));
  if (Array.isArray(layers) && isPlain && !layers.some((name) => name.includes('#'))) {
    selectLayers(model.layers, layers);
  }
}
