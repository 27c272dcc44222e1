// What a thread that draws is given, and what it answers.

import type { ThreadFailure } from '../../base/thread-failure.js';
import type { EventListener } from '../shared/events.js';
import type { ImageResult, SeenImage } from './draw-image.js';
import type { LayerEvent } from './events.js';

/** An image to draw. */
export interface DrawingTask {
  /** of all that belongs to the image */
  number: number;
  seen: SeenImage;
}

/** Events as they happen; last, the result or why there is none. */
export type DrawingAnswer = { number: number } & (
  | { event: Parameters<EventListener<LayerEvent>>[0] }
  | { result: ImageResult }
  | { failure: ThreadFailure }
);
