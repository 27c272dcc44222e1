// What is known of networks that Teachable Machine has made: https://teachablemachine.withgoogle.com

import type { RefuseFile } from '../bad-model.js';
import { isObject } from '../config/json.js';
import type { NetworkDefinition } from '../network-definition.js';
import type { NetworkOrigin } from '../network-file.js';

/** Its page and the Python code that it offers cut the middle square out of an image and scale bytes to -1 to 1. */
export const TEACHABLE_MACHINE: Pick<NetworkOrigin, 'convention' | 'fit'> = {
  convention: { value: 'signed', source: 'Teachable Machine, which made it' },
  fit: { value: 'crop', source: 'Teachable Machine, which made it' },
};

/** @param metadata content of the metadata.json beside a network */
export function isTeachableMachine(metadata: unknown, definition: NetworkDefinition): boolean {
  return (isObject(metadata) && 'tmVersion' in metadata) || looksTaught(definition);
}

/** Its Keras files have no mark: a Sequential of two, a MobileNet with its pooling, and the layers that are taught. */
function looksTaught({ layers }: NetworkDefinition): boolean {
  const parts = layers.filter(({ kind }) => kind !== 'InputLayer').map(({ address }) => address.split('/'));
  const last = parts.at(-1);
  const [first = ''] = parts[0] ?? [];
  const isBase = parts.some(
    ([outer, inner, ...rest]) => outer === first && /mobilenet|^model/i.test(inner ?? '') && rest.length > 0,
  );
  return (
    isBase && last?.length === 2 && last[0] !== first && /^sequential/.test(first) && /^sequential/.test(last[0] ?? '')
  );
}

/** Teachable Machine also makes networks of sounds and of poses. */
export function refuseOtherMedia(metadata: unknown, refuse: RefuseFile): void {
  if (!isObject(metadata)) return;
  const name = String(metadata.packageName ?? '');
  const isPose = /pose/.test(name) || isObject(metadata.modelSettings);
  const isSound = /speech|audio/.test(name) || 'wordLabels' in metadata;
  if (!isPose && !isSound) return;
  throw refuse(`it is a network of Teachable Machine for ${isPose ? 'poses' : 'sounds'}, which takes no images`);
}
