// How a training goes, in a sentence.

import { texts } from '../../texts/en.js';
import type { RunState } from '../../time/time-data.js';

/** @param lostSince since when nothing is heard of it */
export function describeStatus(run: RunState, lostSince: Date | undefined): string {
  const isOpen = run.status === 'running' || run.status === 'waiting';
  if (lostSince !== undefined && isOpen) return texts.time.status.lost(lostSince);
  const { status } = texts.time;
  const said = [
    status[run.status](run, medianSeconds(run)),
    ...(run.hasReport && !isOpen ? [status.hasReport] : []),
    ...(lostSince === undefined ? [] : [status.ended]),
  ];
  return said.join(' ');
}

/** Of the last epochs: one of them may have been slow. */
function medianSeconds({ durations }: RunState): number | undefined {
  const known = durations.filter((each) => each !== null).slice(-5);
  return known.sort((a, b) => a - b)[Math.floor(known.length / 2)];
}
