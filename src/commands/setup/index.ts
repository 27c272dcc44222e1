import type { Installation } from '../../backend/native/cache.js';
import type { SetupEvent } from '../../backend/native/provision/events.js';
import { provisionNative } from '../../backend/native/provision/provision.js';
import type { WorkflowOptions } from '../shared/events.js';

export interface SetupOptions extends WorkflowOptions<SetupEvent> {
  /** the official wheel's file, already on this machine; absent: pip downloads it */
  from?: string;
  /** set up again even if it is already set up */
  force?: boolean;
}

export interface SetupResult extends Installation {
  /** false: native TensorFlow was there already and nothing was done */
  changed: boolean;
}

/**
 * Sets up native TensorFlow in the per-user cache (the environment variable CNNVIZ_HOME, else the XDG cache).
 *
 * @throws CnnvizError BACKEND_UNAVAILABLE (not for this platform), SETUP_FAILED, DISK_FULL, NOT_WRITABLE, NOT_FOUND,
 * NOT_READABLE, ABORTED; nothing is left half-installed then, and an earlier installation stays
 */
export async function setup(options: SetupOptions = {}): Promise<SetupResult> {
  const { installation, changed } = await provisionNative(options);
  return { ...installation, changed };
}
