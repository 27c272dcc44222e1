// Small networks of every kind of layer and what Keras gives for them: test/fixtures/scripts/layers.py.

import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type { NetworkDefinition, WeightReader } from '../../src/formats/network-definition.js';

interface Place {
  at: number;
  shape: number[];
}

interface Saved {
  definition: NetworkDefinition;
  weights: Record<string, (Place & { name: string })[]>;
  images: Place;
  calls: { layer: string; call: number; output: Place; gradient: Place | null }[];
}

/** One call of a layer, as Keras computed it for two images. */
export interface ExpectedCall {
  /** as engines name it */
  name: string;
  kind: string;
  output: Float32Array;
  /** of the sum of the first scores; undefined where they do not depend on it */
  gradient: Float32Array | undefined;
}

export interface LayerFixture {
  name: string;
  definition: NetworkDefinition;
  readWeights: WeightReader;
  /** two */
  images: Float32Array;
  calls: ExpectedCall[];
}

/** All of them. */
export function readLayerFixtures(): LayerFixture[] {
  const file = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
  const bytes = brotliDecompressSync(file('layers.bin.br'));
  const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const read = ({ at, shape }: Place) => numbers.slice(at, at + shape.reduce((product, size) => product * size, 1));
  const { networks } = JSON.parse(file('layers.json').toString()) as { networks: Saved[] };
  return networks.map(({ definition, weights, images, calls }) => ({
    name: definition.name,
    definition,
    readWeights: async (address) =>
      (weights[address] ?? []).map((place) => ({ name: place.name, shape: place.shape, values: read(place) })),
    images: read(images),
    calls: calls.map(({ layer, call, output, gradient }) => {
      const own = definition.layers.find(({ address }) => address === layer);
      return {
        name: (own?.calls.length ?? 0) > 1 ? `${layer}#${call + 1}` : layer,
        kind: own?.kind ?? '',
        output: read(output),
        gradient: gradient === null ? undefined : read(gradient),
      };
    }),
  }));
}
