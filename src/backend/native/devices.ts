// The devices that TensorFlow computes on.

import { encodeSavedModel } from './saved-model.js';
import { GraphSession } from './session.js';

/**
 * Lists the devices that native TensorFlow sees, such as `CPU:0` and `GPU:0`. The stock binding has no call for that, but
 * TensorFlow lists them where it refuses a node for a device that no machine has. Needs the native backend.
 */
export function listDevices(): string[] {
  try {
    const nowhere = { name: 'nowhere', op: 'NoOp', inputs: [], attributes: {}, device: '/device:NONE:0' };
    GraphSession.load(encodeSavedModel([nowhere])).dispose();
    return [];
  } catch (error) {
    return readDevices((error as Error).message);
  }
}

/**
 * Out of TensorFlow's `... but available devices are [ /job:localhost/replica:0/task:0/device:CPU:0, ... ].`
 *
 * @internal exported for its test: no GPU is at hand there
 */
export function readDevices(refusal: string): string[] {
  const [, list = ''] = /available devices are \[([^\]]*)\]/.exec(refusal) ?? [];
  return Array.from(list.matchAll(/\/device:([A-Z_]+:\d+)/g), ([, device]) => device as string);
}
