import fs from 'node:fs/promises';
import { basename, join } from 'node:path';
import { captureActivations } from '../../activations/capture.js';
import type { BackendName } from '../../backend/tfjs/backend.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import type { Raster } from '../../base/raster.js';
import { decodeImage } from '../../dataset/decode/decode-image.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { NamedArray } from '../../engines/contract/training-step.js';
import { openEngine } from '../../engines/open.js';
import { readKernels } from '../../network/kernels.js';
import { shortenName, sourceSuffix } from '../../output/picture-source.js';
import type { Summary } from '../../output/tensorboard/event.js';
import { EventFile } from '../../output/tensorboard/event-file.js';
import { renderColorKernels, renderKernelTiles } from '../../rendering/kernels.js';
import { encodePng } from '../../rendering/png.js';
import { LOGS_FOLDER } from '../../runs/run-folder.js';
import type { TrainingProgress } from '../../runs/training-progress.js';
import { renderActivations } from '../activations/render-activations.js';
import { sourceOfNetwork } from '../shared/picture-source.js';
import type { TrainingData } from './training-data.js';

export interface LogParts {
  /** the run's */
  folder: string;
  model: tf.LayersModel;
  backend: BackendName;
  data: TrainingData;
  /** whole epochs done before */
  epoch: number;
}

/** An image as the network gets it. */
interface LoggedImage {
  name: string;
  input: Float32Array;
}

/** Keeps events of a run for TensorBoard, in the layout and under the tags of Keras's callback; its steps are epochs from 1. */
export class TensorBoardLog {
  readonly #parts: LogParts;
  readonly #train: EventFile;
  readonly #validation: EventFile | undefined;
  /** the image whose activations are shown; undefined where none can be read */
  readonly #image: LoggedImage | undefined;

  private constructor(parts: LogParts, files: EventFile[], image: LoggedImage | undefined) {
    this.#parts = parts;
    [this.#train, this.#validation] = files as [EventFile, EventFile?];
    this.#image = image;
  }

  /**
   * Begins new files. Those of a run that is replaced go; those of a run that goes on stay, but for epochs that are done
   * once more.
   */
  static async begin(parts: LogParts): Promise<TensorBoardLog> {
    const { folder, data, epoch } = parts;
    const logs = join(folder, LOGS_FOLDER);
    if (epoch === 0) await fs.rm(logs, { recursive: true, force: true });
    const files: EventFile[] = [];
    for (const name of data.validation === undefined ? ['train'] : ['train', 'validation']) {
      const file = await EventFile.begin(join(logs, name));
      await file.append({ kind: 'restart', step: epoch + 1 });
      files.push(file);
    }
    return new TensorBoardLog(parts, files, await readFirstImage(data));
  }

  /** @param weights those that the model holds now */
  async writeEpoch({ epoch, history }: TrainingProgress, weights: readonly NamedArray[]): Promise<void> {
    const scalar = (tag: string, values: number[] = []) => ({ tag, scalar: values.at(-1) ?? Number.NaN });
    const training = [
      scalar('epoch_loss', history.loss),
      scalar('epoch_accuracy', history.acc),
      scalar('epoch_learning_rate', history.learning_rate),
      ...weights.map(({ name, values }) => ({ tag: name, values })),
      ...(await this.#drawPictures(epoch)),
    ];
    await this.#train.append({ kind: 'summaries', step: epoch, summaries: training });
    const validation = [scalar('epoch_loss', history.val_loss), scalar('epoch_accuracy', history.val_acc)];
    await this.#validation?.append({ kind: 'summaries', step: epoch, summaries: validation });
  }

  /** The first convolution's filters, and what every convolution makes of the image. */
  async #drawPictures(epoch: number): Promise<Summary[]> {
    const { model, backend, folder } = this.#parts;
    const network = sourceOfNetwork({ path: folder, epoch });
    const kernels = await readKernels(model);
    const [first] = kernels;
    if (first === undefined) return [];
    const filters = { title: first.name, about: sourceSuffix(network), shape: first.shape, values: first.values };
    const drawn = first.shape[2] === 3 ? renderColorKernels(filters) : renderKernelTiles(filters);
    const pictures = [toSummary(`filters/${first.name}`, drawn, { ...network.texts, Layer: first.name })];
    if (this.#image === undefined) return pictures;
    const { name: image, input } = this.#image;
    // Training reports a fallback itself.
    const engine = openEngine(model, backend, { uses: ['run'], onFallback: () => undefined });
    try {
      const names = kernels.map(({ name }) => name);
      const about = ` of ${shortenName(image)}${sourceSuffix(network)}`;
      const layers = renderActivations(await captureActivations(engine, input, names), { about });
      const summarize = (name: string, raster: Raster) =>
        toSummary(`activations/${name}`, raster, { ...network.texts, Image: image, Layer: name });
      return [...pictures, ...layers.map(({ name, raster }) => summarize(name, raster))];
    } finally {
      engine.dispose();
    }
  }
}

function toSummary(tag: string, raster: Raster, texts: Readonly<Record<string, string>>): Summary {
  return { tag, picture: { width: raster.width, height: raster.height, png: encodePng(raster, texts) } };
}

/** Of the validation images where there are some. */
async function readFirstImage({ validation, train, preprocessing }: TrainingData): Promise<LoggedImage | undefined> {
  for (const { path } of (validation ?? train).files) {
    try {
      const input = toImageFloats(await decodeImage(path, preprocessing), preprocessing);
      return { name: basename(path), input };
    } catch (error) {
      if (!(error instanceof CnnvizError) || error.code !== 'BAD_IMAGE') throw error; // a bad image: training reports it
    }
  }
  return undefined;
}
