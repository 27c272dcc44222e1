// What it takes to show a channel.

import type { LayerData } from '../../image-data.js';
import type { ComputationsData } from '../../kernels/data.js';
import type { PicturesData } from '../../pictures-data.js';
import type { Holdings } from '../computation/compute-cell.js';
import type { Weights } from '../computation/convolution.js';
import type { Page } from '../page.js';
import type { PageImage } from '../page-image.js';

/** What all channels of the page have in common. */
export interface ChannelData {
  computations: ComputationsData;
  pictures: PicturesData;
  readWeights(layer: string): Promise<Weights | undefined>;
}

/** A channel, or a unit of a layer without maps. */
export interface ChannelJob {
  page: Page;
  image: PageImage;
  about: LayerData;
  /** from 0 */
  channel: number;
  data: ChannelData;
  holdings: Holdings;
}
