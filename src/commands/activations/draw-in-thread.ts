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
  worker.on('message', ({ number, ...answer }: DrawingAnswer) => {
    const image = waiting.get(number);
    if (image === undefined) return;
    if ('event' in answer) return image.onEvent(answer.event);
    waiting.delete(number);
    if ('result' in answer) image.resolve(answer.result);
    else image.reject(unpackFailure(answer.failure));
  });
  const fail = (reason: unknown) => {
    for (const image of waiting.values()) image.reject(reason);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread that draws has ended')));
  return {
    draw: (seen, onEvent) =>
      new Promise((resolve, reject) => {
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

/** TensorFlow's memory cannot be handed over to a thread, and an array may be a part of a larger one: copies can. */
function ownMemory(seen: SeenImage): SeenImage {
  return {
    ...seen,
    pixels: new Uint8Array(seen.pixels),
    outputs: seen.outputs.map((output) => ({ ...output, values: new Float32Array(output.values) })),
  };
}
