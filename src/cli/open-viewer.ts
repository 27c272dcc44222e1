// Opens a file or folder in the program that the system has for it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What opens anything, where there is a screen to show it on. */
const OPENERS: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer.exe' };

/**
 * Opens it, and does not wait for the viewer to be closed.
 *
 * @returns why it could not be opened; undefined: it was
 */
export async function openViewer(
  path: string,
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  if (env.CI) return 'this is a CI job';
  const opener = OPENERS[platform] ?? 'xdg-open';
  if (opener === 'xdg-open' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display here';
  // No shell: a file may be called anything.
  const viewer = spawn(opener, [path], { detached: true, stdio: 'ignore', env });
  try {
    await once(viewer, 'spawn');
  } catch (error) {
    return `${opener} cannot be started (${(error as NodeJS.ErrnoException).code})`;
  }
  viewer.unref();
  return undefined;
}
