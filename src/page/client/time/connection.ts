// The stream of a run's states, for as long as the page is open: through sleep, and beyond the end of its server.

import type { RunState } from '../../time/time-data.js';

/** The server gives a sign of life every 10 seconds. */
const silentMs = 25_000;
const retryMs = 3000;

/** @param onLost since when nothing is known of the run; undefined: it is again */
export function connect(onState: (state: RunState) => void, onLost: (since: Date | undefined) => void): void {
  let source: EventSource | undefined;
  let heardAt = Date.now();
  let isLost = false;
  const hear = () => {
    heardAt = Date.now();
    if (isLost) onLost(undefined);
    isLost = false;
  };
  const lose = () => {
    if (!isLost) onLost(new Date(heardAt));
    isLost = true;
  };
  const open = () => {
    source?.close();
    source = new EventSource('events');
    source.addEventListener('state', ({ data }) => {
      hear();
      onState(JSON.parse(data) as RunState);
    });
    source.addEventListener('beat', hear);
    source.addEventListener('error', () => {
      lose();
      // It tries again by itself, but not after an answer that is no stream.
      if (source?.readyState === EventSource.CLOSED) setTimeout(open, retryMs);
    });
  };
  // A computer that slept leaves a connection that says nothing and does not end.
  const check = () => {
    if (Date.now() - heardAt <= silentMs || source?.readyState === EventSource.CONNECTING) return;
    lose();
    open();
  };
  setInterval(check, 5000);
  document.addEventListener('visibilitychange', check);
  addEventListener('online', check);
  open();
}
