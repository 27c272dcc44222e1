import { basename } from 'node:path';
import type { LocatedNetwork } from './locate-network.js';
import type { TrainedNetwork } from './network-in-use.js';

/** What pictures say of the network that they were made with. */
export interface PictureSource {
  /** `run8, epoch 8` */
  name: string;
  /** for programs, by keyword: text chunks of a PNG file */
  texts: Record<string, string>;
}

export async function describeSource(
  { modelPath }: LocatedNetwork,
  { place: { path, epoch } }: TrainedNetwork,
): Promise<PictureSource> {
  const name = basename(path);
  const [{ identifyModel }, { readOwnVersion }] = await Promise.all([
    import('../../network/identify-model.js'),
    import('./versions.js'),
  ]);
  const texts = { Software: `cnnviz ${readOwnVersion()}`, Model: await identifyModel(modelPath), Network: name };
  if (epoch === undefined) return { name, texts };
  return { name: `${name}, epoch ${epoch}`, texts: { ...texts, Epoch: String(epoch) } };
}
