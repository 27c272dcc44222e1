// What dreams have in common that can lie in one folder.

import { createHash } from 'node:crypto';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { DreamSettings } from './options.js';

/** Of how pictures are made: another one where the same settings make other pictures. */
const recipeVersion = 2;

/** @param identity of the network: see identifyModel */
export function describeRecipe(
  identity: string,
  { preprocessing, network }: Pick<TrainedNetwork, 'preprocessing' | 'network'>,
  { plain, steps, seed }: Pick<DreamSettings, 'plain' | 'steps' | 'seed'>,
): string {
  const about = { version: recipeVersion, identity, preprocessing, inputShape: network.inputShape, plain, steps, seed };
  return createHash('sha256').update(JSON.stringify(about)).digest('hex');
}
