// What the page holds of one image, as computations ask for it.

import type { ComputationsData } from '../../kernels/data.js';
import type { PageData } from '../../page-data.js';
import type { PageImage } from '../page-image.js';
import type { Holdings } from './compute-cell.js';
import type { Weights } from './convolution.js';
import { valuesOf } from './holdings.js';

interface Known {
  computations: ComputationsData;
  readWeights(layer: string): Promise<Weights | undefined>;
}

export function holdingsOf(image: PageImage, { network }: PageData, { computations, readWeights }: Known): Holdings {
  return {
    computations,
    readWeights,
    async readValues(name) {
      const layer = name === '' ? (network[0]?.name ?? '') : name;
      const units = image.findLayer(layer)?.units;
      if (units !== undefined) return valuesOf({ units });
      return image.hasMaps(layer) ? valuesOf(await image.readLayer(layer)) : undefined;
    },
  };
}
