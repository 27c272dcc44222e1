import { type Architecture, countFrozen, planLayers } from '../../network/architecture.js';
import type { ModelDescription } from '../../network/description.js';
import { resolveOptions } from '../../options/resolve.js';
import type { RunRecord } from '../../runs/run.js';
import { prepareModel } from '../shared/load-model.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import { SUMMARY_OPTIONS, type SummaryOptions } from './options.js';

export interface SummaryResult extends ModelDescription {
  /** the saved network's run folder or model.json, absolute; absent for a network that is not saved */
  path?: string;
  /** of a run, in the order of its outputs */
  classes?: SummaryClass[];
}

/** A class that a run was trained on. */
export interface SummaryClass {
  name: string;
  /** usable images; absent for runs of early versions */
  trainCount?: number;
  validationCount?: number;
}

/**
 * Describes a saved network, or the one that `train` would build with the same options: layers, output shapes, parameters.
 *
 * @throws CnnvizError BAD_ARGUMENT for a network that cannot be built; NOT_FOUND, NOT_READABLE, BAD_MODEL
 *
 * @example
 * ```ts
 * import { summary } from 'cnnviz';
 *
 * const { layers, parameterCount } = await summary({ filters: [32, 64], dense: 128 });
 * ```
 */
export async function summary(options: SummaryOptions = {}): Promise<SummaryResult> {
  const { model, classes, ...network } = resolveOptions(SUMMARY_OPTIONS, options);
  return model === undefined
    ? describePlanned({ ...network, classCount: classes })
    : describeSaved(await locateNetwork({ model, unnamed: true }), network.imageSize);
}

async function describeSaved(found: LocatedNetwork, imageSize: number): Promise<SummaryResult> {
  const { modelPath, run } = found;
  // The description is kept there so that this needs no TensorFlow.
  if (run !== undefined) return { path: run.folder, ...run.record.model, classes: describeClasses(run.record) };
  const { load } = await prepareModel(found, { imageSize });
  const [{ selectBackend }, { describeModel }] = await Promise.all([
    import('../../backend/select.js'),
    import('../../network/describe.js'),
  ]);
  await selectBackend('cpu');
  const model = await load();
  try {
    return { path: modelPath, ...describeModel(model) };
  } finally {
    model.dispose();
  }
}

function describeClasses({ classNames, classCounts }: RunRecord): SummaryClass[] {
  return classNames.map((name, index) => {
    const [trainCount, validationCount] = [classCounts?.train[index], classCounts?.validation[index]];
    return {
      name,
      ...(trainCount !== undefined && { trainCount }),
      ...(validationCount !== undefined && { validationCount }),
    };
  });
}

function describePlanned(architecture: Architecture): SummaryResult {
  const plan = planLayers(architecture);
  const layers = plan.map(({ name, kind, outputShape, parameterCount }) => ({
    name,
    kind,
    outputShape,
    parameterCount,
  }));
  const parameterCount = layers.reduce((sum, layer) => sum + layer.parameterCount, 0);
  return { layers, parameterCount, trainableParameterCount: parameterCount - countFrozen(plan) };
}
