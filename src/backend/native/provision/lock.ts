// Lets only one set-up run at a time.

import { join } from 'node:path';
import type { HeldLock } from '../../../disk/lock.js';
import { waitForLock } from '../../../disk/wait-for-lock.js';
import type { StepContext } from './events.js';

/**
 * Waits until no other process sets up below `home`, then holds the lock until the returned function is called. That of a
 * dead process is taken over, and that of another machine in a shared home when it has not been heard of for a minute.
 */
export async function lockSetup(home: string, { onEvent, signal }: StepContext): Promise<() => Promise<void>> {
  let reportedPid: number | undefined;
  const onHeld = ({ holder }: HeldLock) => {
    if (holder === undefined || holder.pid === reportedPid) return;
    reportedPid = holder.pid;
    onEvent({ type: 'setup-waiting', pid: holder.pid });
  };
  const lock = await waitForLock(join(home, 'lock'), onHeld, { signal });
  return () => lock.release();
}
