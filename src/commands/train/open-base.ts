// Opens the network that a new head is put on, and finds out how it wants its images.

import { basename } from 'node:path';
import { selectBackend } from '../../backend/select.js';
import type { SelectedBackend } from '../../backend/tfjs/backend.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import { formatAmount } from '../../base/counts.js';
import { pickAugmentation } from '../../dataset/augment/augmentation.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { scanImageFolder } from '../../dataset/folder/scan.js';
import { openEngine } from '../../engines/open.js';
import { findCutPlace, listCutPlaces, suggestCuts } from '../../network/cut-places.js';
import { findFirstNormalization } from '../../network/first-normalization.js';
import { choosePreprocessing } from '../shared/choose-preprocessing.js';
import type { EventListener } from '../shared/events.js';
import { prepareModel } from '../shared/load-model.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import { requireAugmentable, requireOwnSize } from './base-settings.js';
import type { TrainingEvent } from './events.js';
import type { TrainOptions } from './options.js';
import type { TrainSettings } from './settings.js';

/** Height and width for a base that takes images of any size: what most were trained on. */
const openSize = 224;

/** A network to put a new head on, on its backend. */
export interface OpenedBase {
  /** its file, or the folder of its run */
  path: string;
  model: tf.LayersModel;
  backend: SelectedBackend;
  preprocessing: Preprocessing;
  /** the layer that the head goes on from */
  cut: string;
}

/**
 * @param asked the options as they were given, without defaults: what a base knows by itself goes before those
 * @throws CnnvizError NOT_FOUND, NOT_READABLE, BAD_MODEL, BAD_ARGUMENT; BACKEND_UNAVAILABLE
 */
export async function openBase(
  asked: TrainOptions,
  settings: TrainSettings,
  onEvent: EventListener<TrainingEvent>,
): Promise<OpenedBase> {
  // What a base says of its classes and its probabilities goes with its head.
  const quiet: EventListener = (event) => event.type === 'note' || onEvent(event);
  const found = await locateNetwork({ model: asked.base as string, unnamed: true, onEvent: quiet });
  const imageSize = asked.imageSize ?? openSize;
  const { load } = await prepareModel(found, { imageSize, onEvent });
  const images = await pickImages(settings);
  onEvent({ type: 'stage', stage: 'starting-backend' });
  const backend = await selectBackend(settings.backend);
  onEvent({ type: 'backend', ...backend });
  const model = await load();
  try {
    const path = found.run?.folder ?? found.modelPath;
    const places = listCutPlaces(model, path);
    const cut = findCutPlace(places, asked.cut);
    const preprocessing = await findPreprocessing(found, model, { backend, images, asked, onEvent });
    requireOwnSize(asked.imageSize, preprocessing);
    if (pickAugmentation(settings) !== undefined) requireAugmentable(preprocessing);
    const kept = model.layers.findIndex(({ name }) => name === cut.name) + 1;
    const size = cut.shape.join(' x ');
    const others = suggestCuts(places).filter((name) => name !== cut.name && !cut.name.endsWith(`/${name}`));
    const candidates = others.length === 0 ? '' : `; other places for --cut: ${others.join(', ')}`;
    const message = `Base: ${basename(path)} up to ${cut.name} (${size}), ${formatAmount(kept, 'layer')} of ${model.layers.length}${candidates}`;
    onEvent({ type: 'note', message });
    noteTrainable(asked, settings, onEvent);
    return { path, model, backend, preprocessing, cut: cut.name };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function noteTrainable(asked: TrainOptions, settings: TrainSettings, onEvent: EventListener): void {
  const { trainable = 'none', learningRate } = settings;
  if (trainable === 'none') return;
  const part =
    trainable === 'all' ? 'the whole base' : `the last ${trainable.slice('last:'.length)} layers of the base`;
  const rate =
    asked.learningRate === undefined ? `; learning rate ${learningRate}, a tenth of that for a new head alone` : '';
  const message = `Trained with the head: ${part}, without its batch normalization, which stays as it is${rate}`;
  onEvent({ type: 'note', message });
}

/** Some of the images to train on, of all classes: what a base wants is seen on them. */
async function pickImages({ data, validationSplit, seed, groupBy }: TrainSettings): Promise<string[]> {
  const { splits } = await scanImageFolder(data, { validationSplit, seed, groupBy });
  const files = splits.train ?? [];
  const count = Math.min(8, files.length);
  return Array.from({ length: count }, (_, place) => files[Math.floor((place * files.length) / count)]?.path as string);
}

interface Circumstances {
  backend: SelectedBackend;
  images: string[];
  asked: TrainOptions;
  onEvent: EventListener<TrainingEvent>;
}

async function findPreprocessing(
  found: LocatedNetwork,
  model: tf.LayersModel,
  { backend, images, asked, onEvent }: Circumstances,
): Promise<Preprocessing> {
  const normalization = found.run === undefined ? findFirstNormalization(model) : undefined;
  // A few images: what a graph would save is less than what it takes to compile.
  const network = openEngine(model, backend.name === 'native' ? 'cpu' : backend.name, {
    uses: ['run'],
    onFallback: () => undefined,
  });
  try {
    return await choosePreprocessing(found, { network, normalization, images }, { ...asked, onEvent });
  } finally {
    network.dispose();
  }
}
