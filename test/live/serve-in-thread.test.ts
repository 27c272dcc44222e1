import type worker from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serveInThread } from '../../src/live/serve-in-thread.js';
import { useGrowingRun } from './growing-run.js';

/** the threads that were started */
const threads = vi.hoisted((): worker.Worker[] => []);

vi.mock('node:worker_threads', async (importOriginal) => {
  const original = await importOriginal<typeof worker>();
  class Worker extends original.Worker {
    constructor(...given: ConstructorParameters<typeof original.Worker>) {
      super(...given);
      threads.push(this);
    }
  }
  return { ...original, Worker };
});

const run = useGrowingRun();
beforeEach(() => void threads.splice(0));
afterEach(() => Promise.all(threads.map((thread) => thread.terminate())));

test('a thread that has died is reported once, and concluding does not wait for it', async () => {
  const lost = vi.fn();
  const live = await serveInThread({ folder: run.folder, port: 0 }, lost);
  await threads[0]?.terminate();
  await vi.waitFor(() => expect(lost).toHaveBeenCalledExactlyOnceWith('its thread has ended'));
  await live.conclude();
  expect(lost).toHaveBeenCalledTimes(1);
});

test('an error in the thread is the reason', async () => {
  const lost = vi.fn();
  const live = await serveInThread({ folder: run.folder, port: 0 }, lost);
  threads[0]?.emit('error', new Error('no more memory'));
  await threads[0]?.terminate();
  await live.conclude();
  expect(lost).toHaveBeenCalledExactlyOnceWith('no more memory');
});

test('a thread that concludes as it was asked to is not lost', async () => {
  const lost = vi.fn();
  const live = await serveInThread({ folder: run.folder, port: 0 }, lost);
  await live.conclude();
  expect(lost).not.toHaveBeenCalled();
  await expect(fetch(live.url)).rejects.toThrow();
});

test('a thread that ends before it serves is an error', async () => {
  const serving = serveInThread({ folder: run.folder, port: 0 }, () => undefined);
  await threads[0]?.terminate();
  await expect(serving).rejects.toThrow('the thread that serves has ended');
});
