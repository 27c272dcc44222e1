// Opens an HDF5 file in a thread of its own, and ends it when that does not end by itself.

import { Worker } from 'node:worker_threads';
import { CnnvizError } from '../../base/errors.js';
import { measureFile } from '../../disk/read-file.js';
import type { RefuseFile } from '../bad-model.js';
import { listWeightRoles } from '../config/layer-kinds.js';
import { DAMAGED } from '../storage/hdf5-file.js';
import type { OpenedContent } from './content.js';
import type { Hdf5Task, ThreadAnswer } from './thread-messages.js';

/** How long one answer may take: some hundred times what it takes. */
const secondsAtLeast = 5;
const bytesPerSecond = 5e6;
/** What the library may take: it holds a compressed array whole. */
const memoryAtLeast = 512 * 2 ** 20;
const memoryPerByte = 4;
/** Megabytes of a network's description. */
const descriptionAtMost = 1024;
/** Milliseconds. */
const checkedEvery = 250;

/** @throws CnnvizError NOT_FOUND, NOT_READABLE; what `refuse` makes of a file that is damaged, or holds something else */
export async function openInThread(task: Hdf5Task, refuse: RefuseFile): Promise<OpenedContent> {
  const size = await measureFile(task.path);
  const thread = new Hdf5Thread(task, size, refuse);
  try {
    const answer = await thread.ask(undefined);
    if (!('network' in answer)) throw new Error('the thread has opened nothing');
    const { layers } = answer.network.definition;
    const weightless = new Set(
      layers.filter((layer) => listWeightRoles(layer)?.length === 0).map((layer) => layer.address),
    );
    const readWeights = async (address: string) => {
      if (weightless.has(address)) return []; // three of four layers of a deep network, each a turn of two threads
      const weights = await thread.ask(address);
      return 'arrays' in weights ? weights.arrays : [];
    };
    return { ...answer.network, readWeights, close: () => thread.end() };
  } catch (error) {
    await thread.end();
    throw error;
  }
}

class Hdf5Thread {
  readonly #refuse: RefuseFile;
  readonly #worker: Worker;
  readonly #secondsAtMost: number;
  /** why nothing more is to be had of it */
  #end: Error | undefined;
  /** the last question: each waits for those before it */
  #last: Promise<unknown> = Promise.resolve();

  constructor(task: Hdf5Task, size: number, refuse: RefuseFile) {
    this.#refuse = refuse;
    this.#secondsAtMost = secondsAtLeast + size / bytesPerSecond;
    this.#worker = new Worker(new URL('./hdf5-thread.js', import.meta.url), {
      workerData: { ...task, memoryAtMost: memoryAtLeast + memoryPerByte * size },
      resourceLimits: { maxOldGenerationSizeMb: descriptionAtMost },
      // What the library has to say is in its errors; the options of this process are not for its threads.
      stdout: true,
      stderr: true,
      execArgv: [],
    });
    // What nobody waits for must not keep the process, nor end it.
    this.#worker.unref();
    this.#worker.on('error', () => undefined);
  }

  /** @param address of the layer whose weights are wanted; nothing at first, to open the file */
  async ask(address: string | undefined): Promise<ThreadAnswer> {
    const asked = this.#last.then(() => this.#askNow(address));
    this.#last = asked.catch(() => undefined);
    return await asked;
  }

  async #askNow(address: string | undefined): Promise<ThreadAnswer> {
    const answer = await this.#waitFor(address);
    if ('bug' in answer) throw answer.bug;
    if (!('refusal' in answer)) return answer;
    const { code, message, hint } = answer.refusal;
    const details = hint === undefined ? {} : { hint };
    throw code === 'BAD_MODEL' ? this.#refuse(message, details) : new CnnvizError(code, message, details);
  }

  async end(): Promise<void> {
    this.#end ??= new Error('the file is closed');
    await this.#worker.terminate();
  }

  #waitFor(address: string | undefined): Promise<ThreadAnswer> {
    const worker = this.#worker;
    if (this.#end !== undefined) return Promise.reject(this.#end);
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearInterval(timer);
        worker.unref();
        worker.off('message', onMessage).off('exit', onExit).off('error', onError);
      };
      const fail = (reason: string, cause?: unknown) => {
        stop();
        this.#end = this.#refuse(`it is an HDF5 file that is damaged (${reason})`, { ...DAMAGED, cause });
        void worker.terminate();
        reject(this.#end);
      };
      const onMessage = (answer: ThreadAnswer) => {
        stop();
        resolve(answer);
      };
      const onExit = () => fail('it cannot be read');
      const onError = (error: Error & { code?: unknown }) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return fail('what it describes takes too much memory', error);
        stop();
        reject(error);
      };
      const elapsed = startClock();
      const timer = setInterval(() => {
        if (elapsed() > this.#secondsAtMost) fail('reading it does not end');
      }, checkedEvery);
      worker.ref();
      worker.on('message', onMessage).on('exit', onExit).on('error', onError);
      worker.postMessage(address);
    });
  }
}

/**
 * Seconds of work, as far as this process has had any: on a busy machine or a slow disk waiting is no work, and work of its
 * other threads takes no longer than it takes.
 */
function startClock(): () => number {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.min((performance.now() - begun) / 1000, (user + system) / 1e6);
  };
}
