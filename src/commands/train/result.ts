// What `train` returns.

import type { RunRecord } from '../../runs/run.js';

export interface TrainResult {
  /** the run folder, absolute */
  path: string;
  /** the signal stopped it before the last epoch; its state is saved */
  interrupted: boolean;
  /** the content of run.json: history, best and last weights, files that were skipped, ... */
  record: RunRecord;
  /** which of how many workers this process was; `path` is on worker 0's machine; absent: it trained alone */
  worker?: { index: number; count: number };
  /** the picture of its curves; absent before the first complete epoch */
  curves?: string;
  /** the page that was served with `live`, with what the network makes of the probe's images; absent without it */
  page?: string;
}
