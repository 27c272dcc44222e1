// The network and the images of an evaluation, matched, whatever part of them a call looks at.

import { CnnvizError } from '../../base/errors.js';
import type { LabeledFile } from '../../dataset/folder/image-folder.js';
import type { EngineUse } from '../../engines/contract/engine.js';
import { announceChosen } from '../shared/announce-data.js';
import { requireProbabilities } from '../shared/classify.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { OpenedNetwork } from '../shared/opened-network.js';
import type { Overlap } from '../shared/overlap.js';
import { chooseRunImages } from '../shared/split-of-run.js';
import type { SplitChoice } from '../shared/split-parts.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import { type MatchedImages, matchClasses } from './match-classes.js';
import { type EvaluateOptions, expectedData } from './options.js';

/** What is known of an evaluation's images before the first one is read. */
export interface EvaluatedImages extends Omit<MatchedImages, 'files'> {
  /** null: all images of a folder that is not divided */
  split: SplitChoice | null;
  overlap: Overlap | null;
}

export interface OpenedEvaluation extends Disposable {
  found: LocatedNetwork;
  trained: OpenedNetwork;
  /** the data folder */
  data: string;
  images: EvaluatedImages;
  /** each class index is that of the network's output */
  files: LabeledFile[];
}

/**
 * Chooses the images, opens the network, and matches their classes.
 *
 * @param dataOption what the caller calls the option of the data folder
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL, BAD_DATASET, BACKEND_UNAVAILABLE, ABORTED
 */
export async function openEvaluation(
  settings: EvaluateOptions,
  dataOption: 'data' | 'images' = 'data',
): Promise<OpenedEvaluation> {
  const { onEvent = () => undefined } = settings;
  const found = await locateNetwork(settings);
  const data = settings.data ?? findRunData(found, dataOption);
  const joinsHeldOut = settings.suspects !== undefined;
  const chosen = await chooseRunImages(data, settings.split, found, { ...settings, joinsHeldOut });
  const { split, overlap } = chosen;
  announceChosen(chosen, onEvent);
  const paths = chosen.files.map(({ path }) => path);
  const uses: EngineUse[] = settings.explain ? ['run', 'score'] : ['run'];
  const sizes = settings.explain ? { oneSize: true } : {}; // maps of one size can be compared
  const trained = await openTrainedNetwork(found, { ...settings, images: paths, ...sizes }, uses);
  try {
    requireClasses(trained);
    const { files, ...classes } = matchClasses(chosen, found, trained, onEvent);
    return { found, trained, data, images: { split, ...classes, overlap }, files, [Symbol.dispose]: trained.dispose };
  } catch (error) {
    trained.dispose();
    throw error;
  }
}

/** @throws CnnvizError BAD_MODEL for a network that does not give one class an image */
function requireClasses({ network, place: { path } }: TrainedNetwork): void {
  requireProbabilities(network, path, 'evaluate needs');
  if (network.outputKind !== 'labels') return;
  throw new CnnvizError(
    'BAD_MODEL',
    `${path}: it gives each label by itself (a sigmoid a label): an image in a folder of one class says nothing of the others`,
    { hint: 'predict --csv writes the probability of every label.' },
  );
}

/** The folder that the network was trained on. @throws CnnvizError BAD_ARGUMENT where nobody knows it */
function findRunData({ run, modelPath }: LocatedNetwork, option: string): string {
  const { data } = run?.record.options ?? {};
  if (typeof data === 'string') return data;
  throw new CnnvizError(
    'BAD_ARGUMENT',
    `${option}: expected ${expectedData}: ${modelPath} does not say which it was trained on`,
    { options: [option] },
  );
}
