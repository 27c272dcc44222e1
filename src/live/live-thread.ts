// A thread that serves a run while another one trains it: neither waits for the other.

import { parentPort, workerData } from 'node:worker_threads';
import { packFailure } from '../base/thread-failure.js';
import type { LiveAnswer, LiveOrder, LiveTask } from './live-messages.js';
import { serveRun } from './serve-run.js';

const { folder, port }: LiveTask = workerData;
const post = (answer: LiveAnswer) => parentPort?.postMessage(answer);

try {
  const server = await serveRun(folder, { port });
  parentPort?.once('message', async (_: LiveOrder) => {
    await server.conclude();
    await server.close();
    post({ concluded: true });
  });
  post({ url: server.url });
} catch (error) {
  post({ failure: packFailure(error) });
}
