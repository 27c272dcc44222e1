// The training of the network epoch by epoch, where its run has a film.

import { CnnvizError } from '../../base/errors.js';
import { summarizeTime } from '../../page/time/summarize-time.js';
import type { TimeSummary } from '../../page/time/time-data.js';
import type { EventListener } from '../shared/events.js';
import type { LocatedNetwork } from '../shared/locate-network.js';

/** A film that is damaged is a warning: the page is about more. */
export async function findTime({ run }: LocatedNetwork, onEvent: EventListener): Promise<TimeSummary | undefined> {
  if (run?.record.film === undefined) return undefined;
  try {
    return await summarizeTime(run.folder, run.record);
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    onEvent({ type: 'warning', message: `the page does not show the training epoch by epoch: ${error.message}` });
    return undefined;
  }
}
