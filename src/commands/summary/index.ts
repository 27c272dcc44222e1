import type { tf } from '../../backend/tfjs/tensors.js';
import type { ReceptiveField } from '../../engines/contract/receptive-field.js';
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
  /** of every call of a layer that gives maps, in the model's order; only with `receptiveField` */
  receptiveFields?: LayerReceptiveField[];
}

/** What the cells of a layer's maps see of the input. */
export interface LayerReceptiveField {
  /** as other commands call the layer: `base/conv` within a network within the network */
  name: string;
  kind: string;
  /** [height, width, channels] of its maps; null where the network leaves it open */
  shape: (number | null)[];
  /**
   * cell by cell the smallest rectangle: nothing outside changes the cell, though not every pixel within it need count; null
   * where a cell may see everything, or the size is open
   */
  field: ReceptiveField | null;
}

/** A class that a run was trained on. */
export interface SummaryClass {
  name: string;
  /** usable images; absent for runs of early versions */
  trainCount?: number;
  validationCount?: number;
}

/**
 * Describes a saved network, or the one that `train` would build with the same options: layers, output shapes, parameters and,
 * with `receptiveField`, the pixels of the input that each cell of a layer's maps is computed from.
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
  const { model, classes, receptiveField, ...network } = resolveOptions(SUMMARY_OPTIONS, options);
  return model === undefined
    ? describePlanned({ ...network, classCount: classes }, receptiveField)
    : describeSaved(await locateNetwork({ model, unnamed: true }), network.imageSize, receptiveField);
}

async function describeSaved(found: LocatedNetwork, imageSize: number, withFields: boolean): Promise<SummaryResult> {
  const { modelPath, run } = found;
  const load = async () => (await prepareModel(found, { imageSize })).load();
  // The description is kept there so that this needs no TensorFlow.
  if (run !== undefined) {
    const described = { path: run.folder, ...run.record.model, classes: describeClasses(run.record) };
    return withFields ? { ...described, receptiveFields: await readModel(load, readFields) } : described;
  }
  const { describeModel } = await import('../../network/describe.js');
  return readModel(load, async (model) => {
    const described = { path: modelPath, ...describeModel(model) };
    return withFields ? { ...described, receptiveFields: await readFields(model) } : described;
  });
}

/** What `read` makes of a model, which is gone after that. */
async function readModel<T>(
  load: () => Promise<tf.LayersModel>,
  read: (model: tf.LayersModel) => Promise<T>,
): Promise<T> {
  const { selectBackend } = await import('../../backend/select.js');
  await selectBackend('cpu');
  const model = await load();
  try {
    return await read(model);
  } finally {
    model.dispose();
  }
}

async function readFields(model: tf.LayersModel): Promise<LayerReceptiveField[]> {
  const { readPlan } = await import('../../engines/contract/network-plan.js');
  return readPlan(model)
    .layers.filter(({ shape }) => shape.length === 3)
    .map(({ name, kind, shape, field }) => ({ name, kind, shape: [...shape], field }));
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

async function describePlanned(architecture: Architecture, withFields: boolean): Promise<SummaryResult> {
  const plan = planLayers(architecture);
  const layers = plan.map(({ name, kind, outputShape, parameterCount }) => ({
    name,
    kind,
    outputShape,
    parameterCount,
  }));
  const parameterCount = layers.reduce((sum, layer) => sum + layer.parameterCount, 0);
  const described = { layers, parameterCount, trainableParameterCount: parameterCount - countFrozen(plan) };
  if (!withFields) return described;
  const load = async () => (await import('../../network/build.js')).buildModel(architecture, 0);
  return { ...described, receptiveFields: await readModel(load, readFields) };
}
