// The film of a run while it is trained: what the layers make of the probe's images, after every epoch.

import { join } from 'node:path';
import { captureActivations, type LayerActivation } from '../../activations/capture.js';
import { selectLayers } from '../../activations/select-layers.js';
import type { BackendName } from '../../backend/tfjs/backend.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import { openEngine } from '../../engines/open.js';
import { readFrame, writeFrame, writeProbeImages } from '../../film/film-folder.js';
import { encodeLayer, type Frame } from '../../film/frame.js';
import type { ProbeImages } from '../../film/probe-images.js';
import { chooseTimeLayers } from '../../page/time/encode-frame.js';
import { nameFilm } from '../../runs/save-run.js';
import type { TrainingTask } from './training-task.js';

interface FilmParts {
  /** the run's */
  folder: string;
  /** of the film, in the run */
  name: string;
  probe: ProbeImages;
  preprocessing: Preprocessing;
  /** which of the network's layers are kept */
  choose: (layers: readonly NetworkLayer[]) => string[];
  /** holds the weights that are evaluated and saved */
  model: tf.LayersModel;
  backend: BackendName;
}

/**
 * Keeps a run's film. Frames are on disk before the run names their epoch: a run that goes on after a death writes the same
 * one once more.
 */
export class FilmKeeper {
  readonly #parts: FilmParts;
  /** the network before its training, until that is on disk */
  #start: Frame | undefined;

  constructor(parts: FilmParts, start: Frame | undefined) {
    this.#parts = parts;
    this.#start = start;
  }

  /** What run.json says of it. */
  get record(): { folder: string; images: string[] } {
    const { name, probe } = this.#parts;
    return { folder: name, images: probe.images.map(({ name: image }) => image) };
  }

  /** Writes what was known before the first step, once. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  async keepStart(): Promise<void> {
    if (this.#start === undefined) return;
    await writeProbeImages(this.#path, this.#parts.probe);
    await writeFrame(this.#path, this.#start);
    this.#start = undefined;
  }

  /** @param epoch whole ones done, after which the model is as it is @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  async keepEpoch(epoch: number): Promise<void> {
    await this.keepStart();
    await writeFrame(this.#path, await captureFrame(this.#parts, epoch));
  }

  get #path(): string {
    return join(this.#parts.folder, this.#parts.name);
  }
}

/** @returns undefined where no film is kept */
export async function beginFilm(
  { probe, isFilmBrief = false, data, folder, resumed }: TrainingTask,
  model: tf.LayersModel,
  backend: BackendName,
): Promise<FilmKeeper | undefined> {
  if (probe === undefined) return undefined;
  const name = resumed?.record.film?.folder ?? (await nameFilm(folder));
  const begun = resumed && (await readFrame(join(folder, name), 0));
  const kept = begun?.images[0]?.layers.map((layer) => layer.name);
  const choose = kept
    ? () => kept
    : isFilmBrief
      ? choosePageLayers
      : (layers: readonly NetworkLayer[]) => selectLayers(layers);
  const parts = { folder, name, probe, preprocessing: data.preprocessing, choose, model, backend };
  return new FilmKeeper(parts, resumed ? undefined : await captureFrame(parts, 0));
}

/** The layers that a page shows, a tenth of the values of all. */
function choosePageLayers(layers: readonly NetworkLayer[]): string[] {
  const before = selectLayers(layers);
  const described = layers
    .filter(({ name }) => before.includes(name))
    .map(({ name, kind, shape: [height = 1, width = 1, channels] }) => {
      return { name, kind, height, width, isMap: channels !== undefined };
    });
  return chooseTimeLayers(described);
}

/** Runs the model on every image, in float32 whatever it is trained in. */
async function captureFrame(parts: Omit<FilmParts, 'folder' | 'name'>, epoch: number): Promise<Frame> {
  const { probe, preprocessing, choose, model, backend } = parts;
  // Training reports a fallback itself.
  const engine = openEngine(model, backend, { uses: ['run'], onFallback: () => undefined });
  try {
    const kinds = new Map(engine.layers.map(({ name, kind }) => [name, kind]));
    const names = choose(engine.layers);
    const [output = ''] = engine.outputNames;
    const images = [];
    for (const { pixels } of probe.images) {
      const input = toImageFloats(pixels, preprocessing);
      const all = await captureActivations(engine, input, [...new Set([...names, output])]);
      const layers = all.filter((layer) => names.includes(layer.name));
      const { values } = all.find((layer) => layer.name === output) as LayerActivation;
      const encode = (layer: LayerActivation) => encodeLayer(layer, kinds.get(layer.name) as string);
      images.push({ outputs: Array.from(values), layers: layers.map(encode) });
    }
    return { epoch, images };
  } finally {
    engine.dispose();
  }
}
