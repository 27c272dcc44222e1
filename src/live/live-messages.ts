// What a thread that serves a run is given, and what it answers.

import type { ThreadFailure } from '../base/thread-failure.js';

export interface LiveTask {
  /** of the run, absolute */
  folder: string;
  port: number;
}

export type LiveAnswer = { url: string } | { failure: ThreadFailure } | { concluded: true };

/** conclude: the training is over; the thread shows that, answers, and ends */
export type LiveOrder = 'conclude';
