import type { Installation } from '../../backend/native/cache.js';
import { provisionNative } from '../../backend/native/provision/provision.js';
import { resolveOptions } from '../../options/resolve.js';
import { SETUP_OPTIONS, type SetupOptions } from './options.js';

export interface SetupResult extends Installation {
  /** false: native TensorFlow was already set up and nothing was done */
  changed: boolean;
}

/**
 * Sets up native TensorFlow in the per-user cache (the environment variable CNNVIZ_HOME, else the XDG cache).
 *
 * @throws CnnvizError BACKEND_UNAVAILABLE (not for this platform), SETUP_FAILED, DISK_FULL, NOT_WRITABLE, NOT_FOUND,
 * NOT_READABLE, ABORTED; nothing is left half-installed then, and an earlier installation stays
 *
 * @example
 * ```ts
 * import { setup } from 'cnnviz';
 *
 * await setup({ onEvent: (event) => console.log(event.type) });
 * ```
 */
export async function setup(options: SetupOptions = {}): Promise<SetupResult> {
  const { installation, changed } = await provisionNative(resolveOptions(SETUP_OPTIONS, options));
  return { ...installation, changed };
}
