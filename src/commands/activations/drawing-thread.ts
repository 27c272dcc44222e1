// A thread that draws image after image, while the network goes on to the next one.

import { parentPort, workerData } from 'node:worker_threads';
import { packFailure } from '../../base/thread-failure.js';
import { type DrawingJob, drawImage } from './draw-image.js';
import type { DrawingAnswer, DrawingTask } from './drawing-messages.js';

const job: DrawingJob = workerData;
const post = (answer: DrawingAnswer) => parentPort?.postMessage(answer);

async function draw({ number, seen }: DrawingTask): Promise<void> {
  try {
    post({ number, result: await drawImage(seen, job, (event) => post({ number, event })) });
  } catch (error) {
    post({ number, failure: packFailure(error) });
  }
}

parentPort?.on('message', (task: DrawingTask) => void draw(task));
