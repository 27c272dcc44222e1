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

/**
 * @param onLost called when the thread ends before it is asked to: a training does not end because its page does
 * @throws CnnvizError BAD_ARGUMENT for a port that cannot be had
 */
export async function serveInThread(task: LiveTask, onLost: (reason: string) => void): Promise<LiveThread> {
  const worker = new Worker(new URL('./live-thread.js', import.meta.url), {
    workerData: task,
    // The options of this process are not for its threads, and a library prints nothing.
    ...{ stdout: true, stderr: true, execArgv: [] },
  });
  // From the start: who waits for an end that has been waits for ever.
  const ended = new Promise<[]>((resolve) => worker.once('exit', () => resolve([])));
  const [answer] = (await Promise.race([once(worker, 'message'), ended])) as [LiveAnswer?];
  if (answer === undefined) throw new Error('the thread that serves has ended');
  if (!('url' in answer)) {
    await worker.terminate();
    throw 'failure' in answer ? unpackFailure(answer.failure) : new Error('the thread that serves has ended');
  }
  worker.unref();
  let reason = 'its thread has ended';
  let isOver = false;
  worker.on('error', (error: Error) => {
    reason = error.message;
  });
  void ended.then(() => isOver || onLost(reason));
  return {
    url: answer.url,
    async conclude() {
      isOver = true;
      worker.ref(); // nothing else may be left that this process waits for
      const concluded = new Promise((resolve) => worker.once('message', resolve));
      worker.postMessage('conclude' satisfies LiveOrder);
      await Promise.race([concluded, ended]);
      await worker.terminate();
    },
  };
}
