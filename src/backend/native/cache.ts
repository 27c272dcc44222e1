import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** What set-up left behind: where native TensorFlow lies and what it was made from. */
export interface Installation {
  /** absolute; holds everything that is loaded */
  folder: string;
  tensorflowVersion: string;
  tfjsNodeVersion: string;
  /** of the wheel the libraries came from */
  wheelSha256: string;
  /** ISO 8601 */
  installedAt: string;
}

/** File names inside an installation's folder. */
export const INSTALLED = {
  tensorflow: 'libtensorflow_cc.so.2',
  framework: 'libtensorflow_framework.so.2',
  binding: 'tfjs_binding.node',
  hush: 'hush.node',
  tfjsNode: join('node_modules', '@tensorflow', 'tfjs-node'),
} as const;

/** Raised whenever an installation made by an older cnnviz would no longer do. */
const LAYOUT = 1;

/** The per-user folder: CNNVIZ_HOME, else `cnnviz` in the XDG cache. Read at every call, so that tests can point it elsewhere. */
export function cnnvizHome(env: NodeJS.ProcessEnv = process.env): string {
  if (env.CNNVIZ_HOME) return resolve(env.CNNVIZ_HOME);
  const xdgCache = env.XDG_CACHE_HOME;
  return join(xdgCache && isAbsolute(xdgCache) ? xdgCache : join(homedir(), '.cache'), 'cnnviz');
}

/** The folder under `cnnvizHome()` that native set-up owns. */
export function nativeHome(env?: NodeJS.ProcessEnv): string {
  return join(cnnvizHome(env), 'native');
}

/** The small file whose rename commits an installation: it names the folder that counts. */
export function pointerFile(home: string): string {
  return join(home, `current-${LAYOUT}.json`);
}

/** The installation that counts, or undefined where there is none (or none that can be read). */
export function findInstallation(home: string = nativeHome()): Installation | undefined {
  try {
    const pointer = JSON.parse(readFileSync(pointerFile(home), 'utf8')) as Installation;
    return { ...pointer, folder: join(home, pointer.folder) };
  } catch {
    return undefined;
  }
}

/** The installation that counts, if it holds all that is loaded: a cleaner may have emptied the cache in part. */
export function findWholeInstallation(home?: string): Installation | undefined {
  const installation = findInstallation(home);
  const whole = installation && Object.values(INSTALLED).every((name) => existsSync(join(installation.folder, name)));
  return whole ? installation : undefined;
}
