// The per-user folder of everything that cnnviz keeps between calls.

import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { CnnvizError } from '../base/errors.js';

/** As `process.env`: own type, since not all who use the library have those of Node. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The per-user folder: CNNVIZ_HOME, else `cnnviz` in the XDG cache. Read at every call, so that tests can point it elsewhere.
 *
 * @throws CnnvizError NOT_FOUND where the user has no home folder either
 */
export function cnnvizHome(env: Environment = process.env): string {
  if (env.CNNVIZ_HOME) return resolve(env.CNNVIZ_HOME);
  const xdgCache = env.XDG_CACHE_HOME;
  return join(xdgCache && isAbsolute(xdgCache) ? xdgCache : join(findHome(), '.cache'), 'cnnviz');
}

/**
 * HOME, else what the system's list of users says. `HOME=''` (some service units) is not one, and must not mean the working
 * folder.
 */
function findHome(): string {
  for (const read of [homedir, () => userInfo().homedir]) {
    try {
      const home = read();
      if (isAbsolute(home)) return home;
    } catch {
      // this user is not on the list
    }
  }
  throw new CnnvizError('NOT_FOUND', 'this user has no home folder (HOME is empty or not an absolute path)', {
    hint: 'Set CNNVIZ_HOME to a folder where cnnviz can store its files.',
  });
}
