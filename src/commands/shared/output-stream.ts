// A network's outputs, batch by batch.

import { setImmediate } from 'node:timers/promises';
import { CnnvizError } from '../../base/errors.js';
import { reasonOf } from '../../dataset/decode/image-bytes.js';
import type { ImageDecoder } from '../../dataset/decode/image-decoder.js';
import type { LabeledFile } from '../../dataset/folder/image-folder.js';
import type { BadFile, Batch } from '../../dataset/stream/batch.js';
import type { OnBadImage } from '../../dataset/stream/batch-source.js';
import { BatchStream, noneUsable } from '../../dataset/stream/batches.js';
import { ImageSource } from '../../dataset/stream/image-source.js';
import type { Engine, LayerOutput } from '../../engines/contract/engine.js';
import type { WorkflowOptions } from './events.js';
import type { Section } from './image-sizes.js';
import type { TrainedNetwork } from './network-in-use.js';
import { openDecoder } from './open-decoder.js';
import type { OpenedNetwork } from './opened-network.js';
import { TurnedImages } from './turned-images.js';

/** A batch and what some layers gave for it. */
interface BatchLayers {
  batch: Batch;
  layers: LayerOutput[];
}

/** A batch and what the network's last layer gave for it. */
export interface BatchOutputs extends BatchLayers {
  /** [batch.size, units] */
  outputs: Float32Array;
}

export interface StreamOptions extends WorkflowOptions {
  batchSize: number;
  onBadImage: OnBadImage;
  /** of layers whose outputs are wanted besides the network's, as `layers` */
  layerNames?: readonly string[];
}

/** How many batches a command has done, reported after each. */
class BatchProgress {
  readonly #startedAt = performance.now();
  readonly #steps: number;
  readonly #options: WorkflowOptions;
  #step = 0;
  #imageCount = 0;

  /** @param steps batches in all */
  constructor(steps: number, options: WorkflowOptions) {
    this.#steps = steps;
    this.#options = options;
  }

  /** @throws CnnvizError ABORTED */
  async advance(size: number): Promise<void> {
    const { onEvent, signal } = this.#options;
    this.#step++;
    this.#imageCount += size;
    const imagesPerSecond = (this.#imageCount * 1000) / (performance.now() - this.#startedAt);
    onEvent?.({ type: 'evaluation-step', step: this.#step, steps: this.#steps, imagesPerSecond });
    await setImmediate(); // a native run blocks everything else: let timers and signals in
    if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped after ${this.#imageCount} images`);
  }
}

/** As `streamAllBatches`; batches without a usable image are left out. */
export async function* streamBatches(...settings: Parameters<typeof streamAllBatches>): AsyncGenerator<Batch> {
  for await (const batch of streamAllBatches(...settings)) {
    if (batch.size > 0) yield batch;
  }
}

/**
 * Every image of a source once, in their order. A batch without a usable image has size 0: streams of the same files stay in step.
 *
 * @param progress of a command that has several sources; default: of this one alone
 * @throws CnnvizError BAD_IMAGE, BAD_DATASET as the source does, ABORTED between two batches
 */
export async function* streamAllBatches(
  source: ImageSource,
  { batchSize, ...options }: WorkflowOptions & { batchSize: number },
  progress?: BatchProgress,
): AsyncGenerator<Batch> {
  const batches = new BatchStream(source, { batchSize, endPass: 1 });
  if (progress === undefined) options.onEvent?.({ type: 'stage', stage: 'first-images' });
  const own = progress ?? new BatchProgress(batches.batchesPerPass, options);
  for await (const batch of batches) {
    yield batch;
    await own.advance(batch.size);
  }
}

/**
 * Runs a network over every image of a source, as `streamBatches` gives them, and throws as that does.
 *
 * @param layerNames whose outputs are wanted, in that order
 */
export async function* streamLayers(
  network: Engine,
  source: ImageSource,
  layerNames: readonly string[],
  settings: WorkflowOptions & { batchSize: number },
  progress?: BatchProgress,
): AsyncGenerator<BatchLayers> {
  for await (const batch of streamBatches(source, settings, progress)) {
    yield { batch, layers: await network.run(source.toInput(batch.pixels), batch.size, layerNames) };
  }
}

/**
 * Runs a network over images, each once, in their order, those that follow each other at one size together.
 */
export class OutputStream implements AsyncIterable<BatchOutputs> {
  readonly files: readonly LabeledFile[];
  readonly #network: OpenedNetwork;
  readonly #options: StreamOptions;
  readonly #turned = new TurnedImages();
  /** why images could not be used, by place */
  readonly #failures = new Map<number, string>();

  /** @throws CnnvizError BAD_MODEL for a network with several outputs */
  constructor(network: OpenedNetwork, files: readonly LabeledFile[], options: StreamOptions) {
    const { outputNames } = network.network;
    if (outputNames.length > 1) {
      const names = outputNames.join(', ');
      throw new CnnvizError('BAD_MODEL', `the network has several outputs (${names}): expected one, with the classes`);
    }
    this.#network = network;
    this.files = files;
    this.#options = options;
  }

  /** The images that could not be used so far: a path can be there twice. */
  get badPlaces(): { place: number; reason: string }[] {
    return Array.from(this.#failures, ([place, reason]) => ({ place, reason })).sort((a, b) => a.place - b.place);
  }

  get badFiles(): BadFile[] {
    return this.badPlaces.map(({ place, reason }) => ({ path: (this.files[place] as LabeledFile).path, reason }));
  }

  /** Reports the images that could not be used, and those that are stored rotated. */
  report(): void {
    const { onEvent = () => undefined } = this.#options;
    for (const badFile of this.badFiles) onEvent({ type: 'bad-image', ...badFile });
    const paths = this.files.map(({ path }) => path);
    this.#turned.warn(paths, this.#network.preprocessing, onEvent);
  }

  /** @throws CnnvizError BAD_IMAGE where that is to fail, BAD_DATASET where no image can be used, ABORTED between two batches */
  async *[Symbol.asyncIterator](): AsyncGenerator<BatchOutputs> {
    const { batchSize, onEvent = () => undefined } = this.#options;
    onEvent({ type: 'stage', stage: 'first-images' });
    const sections = await this.#network.split(this.files.map(({ path }) => path));
    const steps = sections.reduce((sum, { count }) => sum + Math.ceil(count / batchSize), 0);
    const progress = new BatchProgress(steps, this.#options);
    using decoder = await openDecoder(this.#network.backend.name);
    for (const section of sections) yield* this.#runSection(section, decoder, progress);
    if (this.#failures.size === this.files.length) throw noneUsable(this.badFiles);
  }

  async *#runSection(section: Section, decoder: ImageDecoder, progress: BatchProgress): AsyncGenerator<BatchOutputs> {
    const { first, count } = section;
    const files = this.files.slice(first, first + count);
    const sized = await this.#openSized(section);
    if (sized === undefined) return;
    const { network, preprocessing } = sized;
    const source = new ImageSource(files, {
      preprocessing,
      onBadImage: this.#options.onBadImage,
      onDecoded: (index, file) => this.#turned.onDecoded(first + index, file),
      cacheBudget: { limit: 0, used: 0 }, // every image is needed once
    });
    source.decoder = decoder;
    try {
      const names = [...network.outputNames, ...(this.#options.layerNames ?? [])];
      for await (const { batch, layers: all } of streamLayers(network, source, names, this.#options, progress)) {
        const [output, ...layers] = all;
        const fileIndexes = batch.fileIndexes.map((index) => first + index);
        yield { batch: { ...batch, fileIndexes }, outputs: output?.values as Float32Array, layers };
      }
    } catch (error) {
      // Not one is usable here; images of another size may be. A changed archive has the same code, and ends the stream.
      if (!(error instanceof CnnvizError) || error.code !== 'BAD_DATASET' || source.badCount < count) throw error;
    } finally {
      for (const [place, { path }] of files.entries()) {
        const failure = source.failureOf(place);
        if (failure !== undefined) this.#failures.set(first + place, reasonOf(failure, path));
      }
    }
  }

  /** The network for images of one size; undefined for those that it cannot take. */
  async #openSized({ first, count }: Section): Promise<TrainedNetwork | undefined> {
    const path = this.files[first]?.path ?? '';
    try {
      return await this.#network.forImage(path);
    } catch (error) {
      const { onBadImage } = this.#options;
      if (!(error instanceof CnnvizError) || error.code !== 'BAD_IMAGE' || onBadImage === 'fail') throw error;
      for (let place = first; place < first + count; place++) this.#failures.set(place, reasonOf(error, path));
      return undefined;
    }
  }
}
