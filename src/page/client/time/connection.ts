// The stream of a run's states, for as long as the page is open: through sleep, and beyond the end of its server.

import type { RunState } from '../../time/time-data.js';

/** The server gives a sign of life every 10 seconds. */
const silentMs = 25_000;
/** A server that has ended is asked for more and more rarely: each time is a line in the browser's console. */
const retryMs = { first: 1000, last: 30_000 };

/** @param onLost since when nothing is known of the run; undefined: it is again */
export function connect(onState: (state: RunState) => void, onLost: (since: Date | undefined) => void): void {
  let source: EventSource | undefined;
  let heardAt = Date.now();
  let isLost = false;
  let waitMs = retryMs.first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hear = () => {
    heardAt = Date.now();
    waitMs = retryMs.first;
    if (isLost) onLost(undefined);
    isLost = false;
  };
  const lose = () => {
    if (!isLost) onLost(new Date(heardAt));
    isLost = true;
  };
  const open = () => {
    clearTimeout(timer);
    source?.close();
    source = new EventSource('events');
    source.addEventListener('state', ({ data }) => {
      hear();
      onState(JSON.parse(data) as RunState);
    });
    source.addEventListener('beat', hear);
    source.addEventListener('error', () => {
      source?.close(); // it would try again by itself, without end
      lose();
      timer = setTimeout(open, waitMs);
      waitMs = Math.min(2 * waitMs, retryMs.last);
    });
  };
  // A computer that slept leaves a connection that says nothing and does not end.
  const check = () => {
    if (isLost || Date.now() - heardAt <= silentMs) return;
    lose();
    open();
  };
  /** Somebody looks at the page again, or the computer has a network again. */
  const wake = () => {
    if (!isLost) check();
    else if (!document.hidden) open();
  };
  setInterval(check, 5000);
  document.addEventListener('visibilitychange', wake);
  addEventListener('online', wake);
  open();
}
