// Serves a run in a thread of its own.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { unpackFailure } from '../base/thread-failure.js';
import type { LiveAnswer, LiveOrder, LiveTask } from './live-messages.js';

/** A run that is served while this thread trains it. */
export interface LiveThread {
  url: string;
  /** Has every page show the last state of the run, and ends. Never fails: the run is there. */
  conclude(): Promise<void>;
}

/** @throws CnnvizError BAD_ARGUMENT for a port that cannot be had */
export async function serveInThread(task: LiveTask): Promise<LiveThread> {
  const worker = new Worker(new URL('./live-thread.js', import.meta.url), {
    workerData: task,
    // The options of this process are not for its threads, and a library prints nothing.
    ...{ stdout: true, stderr: true, execArgv: [] },
  });
  const [answer] = (await once(worker, 'message')) as [LiveAnswer];
  if (!('url' in answer)) {
    await worker.terminate();
    throw unpackFailure('failure' in answer ? answer.failure : { bug: new Error('the thread that serves has ended') });
  }
  worker.unref();
  worker.on('error', () => undefined); // a training does not end because its page does
  return {
    url: answer.url,
    async conclude() {
      const over = Promise.race([once(worker, 'message'), once(worker, 'exit')]).catch(() => undefined);
      worker.postMessage('conclude' satisfies LiveOrder);
      await over;
      await worker.terminate();
    },
  };
}
