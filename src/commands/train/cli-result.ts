// Prints where a run is, how good its best epoch is, and what to do next.

import { dirname } from 'node:path';
import { formatAmount } from '../../base/counts.js';
import { formatPath } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import { ACTIVATIONS_DEFAULTS } from '../activations/options.js';
import type { TrainResult } from './result.js';

/** Says where the run is, how good its best epoch was, and what can be done with it: a run in runs/ is the one that commands take. */
export function showTrainResult(result: TrainResult, terminal: Terminal): void {
  const { path, interrupted, record, curves, page, worker } = result;
  if (worker !== undefined && worker.index > 0) {
    terminal.print(
      `Worker ${worker.index} of ${worker.count}: ${interrupted ? 'interrupted' : 'done'}; worker 0 has the run`,
    );
    return;
  }
  const { last, best } = record.weights;
  const learned = `${formatAmount(last.epoch, 'epoch')}, ${formatAmount(last.step, 'step')}`;
  terminal.print(`${interrupted ? 'Interrupted; saved' : 'Saved'}: ${formatPath(path)} (${learned})`);
  if (best !== undefined) terminal.print(`Best epoch: ${best.epoch}, ${best.monitor} ${best.value.toFixed(4)}`);
  if (curves !== undefined) terminal.print(`Curves: ${formatPath(curves)}`);
  if (page !== undefined) terminal.print(`Page: ${formatPath(page)}`);
  const named = formatPath(dirname(path)) === dirname(ACTIVATIONS_DEFAULTS.model) ? '' : ` --model ${formatPath(path)}`;
  const next = interrupted ? `train --resume ${formatPath(path)}` : `activations IMAGE${named}`;
  terminal.print(`Next: cnnviz ${next}`);
}
