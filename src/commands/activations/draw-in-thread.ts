// Draws images in a thread of its own.

import { Worker } from 'node:worker_threads';
import { unpackFailure } from '../../base/thread-failure.js';
import type { EventListener } from '../shared/events.js';
import type { DrawingJob, ImageResult, SeenImage } from './draw-image.js';
import type { DrawingAnswer, DrawingTask } from './drawing-messages.js';
import type { LayerEvent } from './events.js';

/** Draws as `drawImage` does. Several images may wait. */
export interface DrawingThread {
  draw(seen: SeenImage, onEvent: EventListener<LayerEvent>): Promise<ImageResult>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface WaitingImage {
  onEvent: EventListener<LayerEvent>;
  resolve(result: ImageResult): void;
  reject(reason: unknown): void;
}

export function startDrawingThread(job: DrawingJob): DrawingThread {
  const worker = new Worker(new URL('./drawing-thread.js', import.meta.url), {
    workerData: job,
    // The options of this process are not for its threads, and a library prints nothing.
    ...{ stdout: true, stderr: true, execArgv: [] },
  });
  const waiting = new Map<number, WaitingImage>();
  let count = 0;
  let ended: unknown;
  worker.on('message', ({ number, ...answer }: DrawingAnswer) => {
    const image = waiting.get(number);
    if (image === undefined) return;
    if ('event' in answer) return report(image, answer.event);
    waiting.delete(number);
    if ('result' in answer) image.resolve(answer.result);
    else image.reject(unpackFailure(answer.failure));
  });
  const fail = (reason: unknown) => {
    ended ??= reason;
    for (const image of waiting.values()) image.reject(ended);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that draws has ended')));
  return {
    draw: (seen, onEvent) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        const number = count++;
        waiting.set(number, { onEvent, resolve, reject });
        const task: DrawingTask = { number, seen: ownMemory(seen) };
        const outputs = task.seen.outputs.map(({ values }) => values.buffer as ArrayBuffer);
        worker.postMessage(task, [task.seen.pixels.buffer as ArrayBuffer, ...outputs]);
      }),
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

/** What a listener throws is its image's failure, once that is drawn: a thread stopped earlier leaves an unfinished folder. */
function report(image: WaitingImage, event: Parameters<WaitingImage['onEvent']>[0]): void {
  try {
    image.onEvent(event);
  } catch (error) {
    image.onEvent = () => undefined;
    image.resolve = () => image.reject(error);
  }
}

/** TensorFlow's memory cannot be handed over to a thread, and an array may be a part of a larger one: copies can. */
function ownMemory(seen: SeenImage): SeenImage {
  return {
    ...seen,
    pixels: new Uint8Array(seen.pixels),
    outputs: seen.outputs.map((output) => ({ ...output, values: new Float32Array(output.values) })),
  };
}
