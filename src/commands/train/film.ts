// The film of a run while it is trained: what the layers make of the probe's images, after every epoch.

import { join } from 'node:path';
import { selectLayers } from '../../activations/select-layers.js';
import type { BackendName } from '../../backend/tfjs/backend.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { toImageFloats } from '../../dataset/stream/image-input.js';
import type { NetworkLayer } from '../../engines/contract/engine.js';
import type { NetworkEngine } from '../../engines/network-engine.js';
import { openEngine } from '../../engines/open.js';
import { readFrame, writeFrame, writeProbeImages } from '../../film/film-folder.js';
import { encodeLayer, type Frame, type FrameImage } from '../../film/frame.js';
import type { ProbeImages } from '../../film/probe-images.js';
import { chooseTimeLayers } from '../../page/time/encode-frame.js';
import { nameFilm } from '../../runs/save-run.js';
import { describeFilmNetwork } from './film-network.js';
import { type EvidencePlace, findEvidencePlace, mapProbeEvidence } from './probe-evidence.js';
import type { TrainingTask } from './training-task.js';

interface FilmParts {
  /** the run's */
  folder: string;
  /** of the film, in the run */
  name: string;
  probe: ProbeImages;
  preprocessing: Preprocessing;
  /** of the layers that are kept */
  layerNames: readonly string[];
  /** with the weights that are evaluated and saved, in float32 whatever it is trained in */
  engine: NetworkEngine;
}

/**
 * Keeps a run's film. Frames are on disk before the run names their epoch: a run that goes on after a death writes the same
 * one once more.
 */
export class FilmKeeper {
  readonly #parts: FilmParts;
  readonly #evidence: EvidencePlace | string;
  /** the network before its training, until that is on disk */
  #start: Frame | undefined;

  private constructor(parts: FilmParts) {
    this.#parts = parts;
    this.#evidence = findEvidencePlace(parts.engine);
  }

  /** Owns the engine, also where it fails. @param isNew whether the network is one before its training, which is to be kept */
  static async begin(parts: FilmParts, isNew: boolean): Promise<FilmKeeper> {
    const keeper = new FilmKeeper(parts);
    try {
      if (isNew) keeper.#start = await keeper.#capture(0);
    } catch (error) {
      keeper.dispose();
      throw error;
    }
    return keeper;
  }

  /** What run.json says of it. */
  get record(): { folder: string; images: string[] } {
    const { name, probe } = this.#parts;
    return { folder: name, images: probe.images.map(({ name: image }) => image) };
  }

  /** Writes what was known before the first step, once. @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  async keepStart(): Promise<void> {
    if (this.#start === undefined) return;
    const { probe, engine } = this.#parts;
    await writeProbeImages(this.#path, { ...probe, network: describeFilmNetwork(engine) });
    await writeFrame(this.#path, this.#start);
    this.#start = undefined;
  }

  /** @param epoch whole ones done, after which the model is as it is @throws CnnvizError DISK_FULL, NOT_WRITABLE */
  async keepEpoch(epoch: number): Promise<void> {
    await this.keepStart();
    this.#parts.engine.refresh();
    await writeFrame(this.#path, await this.#capture(epoch));
  }

  dispose(): void {
    this.#parts.engine.dispose();
  }

  get #path(): string {
    return join(this.#parts.folder, this.#parts.name);
  }

  async #capture(epoch: number): Promise<Frame> {
    const { probe, preprocessing } = this.#parts;
    const images = [];
    for (const { pixels } of probe.images) images.push(await this.#captureImage(toImageFloats(pixels, preprocessing)));
    return { epoch, images, ...(typeof this.#evidence === 'string' && { noEvidence: this.#evidence }) };
  }

  async #captureImage(input: Float32Array): Promise<FrameImage> {
    const { engine, layerNames } = this.#parts;
    const place = typeof this.#evidence === 'string' ? undefined : this.#evidence;
    const [output = ''] = engine.outputNames;
    const names = new Set([...layerNames, ...(place ? [place.layer.name] : []), output]);
    const seen = new Map((await engine.run(input, 1, [...names])).map((layer) => [layer.name, layer]));
    const find = (name: string) => seen.get(name) as NonNullable<ReturnType<typeof seen.get>>;
    const kinds = new Map(engine.layers.map(({ name, kind }) => [name, kind]));
    const { values } = find(output);
    return {
      outputs: Array.from(values),
      layers: layerNames.map((name) => encodeLayer(find(name), kinds.get(name) as string)),
      ...(place && { evidence: await mapProbeEvidence(place, input, find(place.layer.name), values) }),
    };
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
  // Training reports a fallback itself.
  const engine = openEngine(model, backend, { uses: ['run', 'score'], onFallback: () => undefined });
  const layerNames = kept ?? (isFilmBrief ? choosePageLayers(engine.layers) : selectLayers(engine.layers));
  const { preprocessing } = data;
  return FilmKeeper.begin({ folder, name, probe, preprocessing, layerNames, engine }, resumed === undefined);
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
