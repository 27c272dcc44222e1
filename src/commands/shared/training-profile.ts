// What the training images of a run are like to its network: measured once, and kept in the run.

import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { formatAmount, formatCount } from '../../base/counts.js';
import { CnnvizError } from '../../base/errors.js';
import type { LabeledFile } from '../../dataset/folder/image-folder.js';
import { ImageSource } from '../../dataset/stream/image-source.js';
import type { Engine, LayerOutput } from '../../engines/contract/engine.js';
import { chooseMeasured, type MeasuredLayers, measureChannels } from '../../resemblance/channel-statistics.js';
import { CovarianceSums } from '../../resemblance/covariance.js';
import { readProfile, writeProfile } from '../../resemblance/profile-file.js';
import {
  assessUnlikeness,
  createProfile,
  MIN_HELD_OUT,
  measureDistance,
  type TrainingProfile,
  type Unlikeness,
} from '../../resemblance/training-profile.js';
import type { FoundRun } from '../../runs/find-model.js';
import type { EventListener, WorkflowOptions } from './events.js';
import type { LocatedNetwork } from './locate-network.js';
import type { TrainedNetwork } from './network-in-use.js';
import { openDecoder } from './open-decoder.js';
import { streamLayers } from './output-stream.js';
import { type ChosenImages, chooseRunImages } from './split-of-run.js';

/** Compares images with those that a network was trained on. */
export interface UnlikenessMeter {
  /** whose outputs `assess` takes, in that order */
  layerNames: readonly string[];
  /** @param outputs of those layers for a batch */
  assess(outputs: readonly LayerOutput[], imageCount: number): Unlikeness[];
  /** @param input one image, preprocessed */
  assessInput(input: Float32Array): Promise<Unlikeness>;
}

type Settings = WorkflowOptions & { batchSize?: number; unlike?: boolean };

/**
 * Opens what compares images with a run's training images: what the run has of them, if it is of these weights; with `unlike`
 * measures them where it has not. The network is opened for 'run'.
 *
 * @returns undefined where there is nothing to compare with and nobody asked for it
 * @throws CnnvizError BAD_ARGUMENT for a network without run, or without maps; and as the reading of images does
 */
export async function openUnlikeness(
  found: LocatedNetwork,
  trained: TrainedNetwork,
  settings: Settings,
): Promise<UnlikenessMeter | undefined> {
  const { unlike, onEvent = () => undefined } = settings;
  if (!(await isCompared(found, settings))) return undefined;
  if (found.run === undefined) throw refuse(`${found.modelPath} is not a run: nobody knows its training images`);
  const measured = chooseMeasured(trained.network.layers);
  if (measured.layerNames.length === 0) {
    if (unlike) throw refuse('the network has no maps to compare images by, or too many channels');
    return undefined;
  }
  const identity = await identify(found, trained, measured);
  const path = placeOf(found.run);
  const kept = await readKept(path, { identity, size: measured.size }, onEvent);
  const profile =
    kept ?? (unlike ? await makeProfile(found.run, found, trained, { identity, measured, path }, settings) : undefined);
  return profile && createMeter(profile, trained.network);
}

/** Whether images are to be compared with those of the training: asked for, or known already. */
export async function isCompared({ run }: LocatedNetwork, { unlike }: Settings): Promise<boolean> {
  if (unlike !== undefined || run === undefined) return unlike ?? false;
  return (await lstat(placeOf(run)).catch(() => undefined)) !== undefined;
}

/** Each of a run's weights have their own. */
function placeOf({ folder, kind, weights }: FoundRun): string {
  return join(folder, `profile-${kind ?? weights.folder}.json`);
}

function createMeter(profile: TrainingProfile, network: Engine): UnlikenessMeter {
  const { layerNames } = profile;
  const assess: UnlikenessMeter['assess'] = (outputs, imageCount) =>
    measureChannels(outputs, imageCount).map((row) => assessUnlikeness(profile, row));
  const assessInput = async (input: Float32Array) => {
    const [unlike] = assess(await network.run(input, 1, layerNames), 1);
    return unlike as Unlikeness;
  };
  return { layerNames, assess, assessInput };
}

function refuse(reason: string): CnnvizError {
  return new CnnvizError('BAD_ARGUMENT', `unlike: ${reason}`, { options: ['unlike'] });
}

/** Of the weights, of what they are shown, and of what is measured: a profile of others is of no use. */
async function identify(
  { modelPath }: LocatedNetwork,
  { preprocessing }: TrainedNetwork,
  { layerNames }: MeasuredLayers,
): Promise<string> {
  const { identifyModel } = await import('../../network/identify-model.js');
  const parts = [await identifyModel(modelPath), preprocessing, layerNames];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

async function readKept(
  path: string,
  { identity, size }: { identity: string; size: number },
  onEvent: EventListener,
): Promise<TrainingProfile | undefined> {
  try {
    const profile = await readProfile(path);
    return profile.identity === identity && profile.mean.length === size ? profile : undefined;
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    if (error.code !== 'NOT_FOUND')
      onEvent({ type: 'warning', message: `${error.message}; images are not compared with it` });
    return undefined;
  }
}

async function makeProfile(
  run: FoundRun,
  found: LocatedNetwork,
  { network, preprocessing, backend }: TrainedNetwork,
  { identity, measured, path }: { identity: string; measured: MeasuredLayers; path: string },
  settings: Settings,
): Promise<TrainingProfile> {
  const { onEvent = () => undefined } = settings;
  const { data } = run.record.options;
  if (typeof data !== 'string') throw refuse(`${run.folder} does not say which folder it was trained on`);
  const [train, validation] = await listRunImages(data, found, settings);
  const about = `${formatAmount(train.length, 'training image')} and ${formatAmount(validation.length, 'validation image')}`;
  onEvent({ type: 'note', message: `measuring once what ${about} of the run are like to the network` });
  for (const name of measured.leftOut) {
    onEvent({ type: 'warning', message: `${name} is not compared: its channels would be too many` });
  }
  using decoder = await openDecoder(backend.name);
  const visit = async (files: readonly LabeledFile[], use: (row: Float64Array) => void) => {
    const source = new ImageSource(files, { preprocessing, cacheBudget: { limit: 0, used: 0 } });
    source.decoder = decoder;
    await visitRows(network, source, measured.layerNames, use, settings);
  };
  const sums = new CovarianceSums(measured.size);
  await visit(train, (row) => sums.add(row));
  const about2 = { identity, layerNames: measured.layerNames, imageCount: sums.count };
  const profile = sums.count < 2 ? undefined : createProfile(sums.estimate(), about2);
  if (profile === undefined) throw refuse('the training images are all the same to the network');
  const distances: number[] = [];
  await visit(validation, (row) => distances.push(measureDistance(profile, row)));
  requireHeldOut(data, distances.length);
  profile.distances = Float64Array.from(distances).sort();
  await keep(path, profile, onEvent);
  return profile;
}

/**
 * The run's training and validation images that are there.
 *
 * @throws CnnvizError as chooseRunImages does; BAD_DATASET for images that are not the run's, or too few validation images
 */
async function listRunImages(data: string, found: LocatedNetwork, { signal, onEvent }: Settings) {
  // Whether any are missing or new is nothing to whoever asked for something else.
  const quiet: WorkflowOptions = {
    ...(signal && { signal }),
    onEvent: (event) => event.type === 'image-recognized' && onEvent?.(event),
  };
  const train = await chooseRunImages(data, 'train', found, quiet);
  requireOwn(data, train, train.overlap?.trainedOn);
  const validation = await chooseRunImages(data, 'validation', found, quiet).catch((error: unknown) => {
    if (!(error instanceof CnnvizError) || error.code !== 'BAD_DATASET') throw error;
    throw new CnnvizError('BAD_DATASET', `${data}: without validation images nobody knows how unlike is too unlike`, {
      cause: error,
    });
  });
  requireOwn(data, validation, validation.overlap?.heldOut);
  requireHeldOut(data, validation.files.length);
  return [train.files, validation.files] as const;
}

/** A folder may hold others now than in training. @param ownCount of the images those that are the run's; undefined: unknown */
function requireOwn(data: string, { split, files }: ChosenImages, ownCount: number | undefined): void {
  if (ownCount !== undefined && ownCount >= files.length) return;
  const known = ownCount === undefined ? 'it is unknown which' : `only ${formatCount(ownCount)}`;
  const problem = `${known} of its ${formatAmount(files.length, `${split} image`)} are those of the run`;
  throw new CnnvizError('BAD_DATASET', `${data}: ${problem}, so what they are like cannot be measured`, {
    hint: 'Put the images that the network was trained on back there, or train again.',
  });
}

function requireHeldOut(data: string, count: number): void {
  if (count >= MIN_HELD_OUT) return;
  const received = `expected at least ${MIN_HELD_OUT} validation images, received ${formatCount(count)}`;
  throw new CnnvizError('BAD_DATASET', `${data}: ${received}: with fewer it cannot be said which images are unlike`);
}

async function visitRows(
  network: Engine,
  source: ImageSource,
  layerNames: readonly string[],
  use: (row: Float64Array) => void,
  { batchSize = 20, ...settings }: Settings,
): Promise<void> {
  for await (const { batch, layers } of streamLayers(network, source, layerNames, { batchSize, ...settings })) {
    for (const row of measureChannels(layers, batch.size)) if (row.every(Number.isFinite)) use(row);
  }
}

/** A run that cannot be written to is no reason to stop. */
async function keep(path: string, profile: TrainingProfile, onEvent: EventListener): Promise<void> {
  try {
    await writeProfile(path, profile);
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    onEvent({ type: 'warning', message: `${error.message}; the training images will be measured again next time` });
  }
}
