import { setTimeout as sleep } from 'node:timers/promises';
import { type HeldLock, LOCK_TIMING, type Lock, type LockTiming, tryLock } from './lock.js';

/**
 * Takes a lock as soon as it can be had.
 *
 * @param onHeld called at every look at a lock that is held; what it throws ends the waiting
 * @throws what `signal` is aborted with
 */
export async function waitForLock(
  path: string,
  onHeld: (held: HeldLock) => void,
  { signal, timing = LOCK_TIMING }: { signal?: AbortSignal | undefined; timing?: LockTiming | undefined } = {},
): Promise<Lock> {
  for (;;) {
    const result = await tryLock(path, timing);
    if ('release' in result) return result;
    onHeld(result);
    await sleep(timing.pollMs, undefined, signal && { signal });
  }
}
