// The two that are compared: images or networks, and the networks opened.

import fs from 'node:fs/promises';
import { resolve } from 'node:path';
import { badArgument, CnnvizError } from '../../base/errors.js';
import { classifyName } from '../../dataset/folder/file-content.js';
import type { EventListener } from '../shared/events.js';
import { type LocatedNetwork, locateNetwork } from '../shared/locate-network.js';
import type { OpenedNetwork } from '../shared/opened-network.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import type { CompareSettings } from './options.js';

/** Whether both are images; else both are networks. @throws CnnvizError BAD_ARGUMENT for one of each */
export async function areImages({ a, b, on }: CompareSettings): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map(isImage));
  if (first !== second) {
    const found = first ? `an image and ${b}` : `${a} and an image`;
    throw badArgument('b', 'two images, or two networks', found, undefined, ['a', 'b']);
  }
  if (first && on !== undefined) {
    throw badArgument(
      'on',
      'two networks together with it',
      on,
      'Two images are compared on one network: --model RUN.',
    );
  }
  if (!first && on === undefined) {
    const hint = 'Name an image, or a folder of them: --on PATH.';
    throw badArgument('on', 'an image or a folder of images together with two networks', on, hint);
  }
  return first === true;
}

async function isImage(path: string): Promise<boolean> {
  if (classifyName(path) !== 'image') return false;
  return !(await fs.stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  ));
}

/** A network and where it lies. */
export interface Side extends Disposable {
  found: LocatedNetwork;
  trained: OpenedNetwork;
}

/** @throws CnnvizError NO_MODEL, NOT_FOUND, NOT_READABLE, BAD_MODEL */
export async function locateSide(model: string, settings: CompareSettings): Promise<LocatedNetwork> {
  const { weights, onEvent } = settings;
  return locateNetwork({ model, ...(weights && { weights }), ...(onEvent && { onEvent }) });
}

/** @param images that it will see @throws CnnvizError BACKEND_UNAVAILABLE, BAD_MODEL */
export async function openSide(
  found: LocatedNetwork,
  images: readonly string[],
  { backend, onEvent }: CompareSettings,
): Promise<Side> {
  const options = { backend, images, oneSize: true, ...(onEvent && { onEvent }) };
  const trained = await openTrainedNetwork(found, options, ['run']);
  return { found, trained, [Symbol.dispose]: () => trained.dispose() };
}

/** Of the second network: the backend was reported with the first. */
export function withoutBackend(settings: CompareSettings): CompareSettings {
  const { onEvent } = settings;
  if (onEvent === undefined) return settings;
  const listener: EventListener = (event) => {
    if (event.type !== 'backend' && event.type !== 'stage') onEvent(event);
  };
  return { ...settings, onEvent: listener };
}

/** What is said of a network. */
export function describeSide({ trained: { place } }: Side): { network: string; epoch?: number } {
  const { path, epoch } = place;
  return { network: resolve(path), ...(epoch !== undefined && { epoch }) };
}

/** @throws CnnvizError ABORTED */
export function requireGoing({ signal }: CompareSettings, before: string): void {
  if (signal?.aborted) throw new CnnvizError('ABORTED', `stopped before ${before}`);
}
