import { availableParallelism } from 'node:os';
import { type BackendAgreement, readAgreement } from '../../backend/agreement-record.js';
import { findClusterAddon, findInstallation, type Installation } from '../../backend/native/cache.js';
import { listDevices } from '../../backend/native/devices.js';
import { findPlatform, isTriedWheel, readPlatform } from '../../backend/native/platform.js';
import { findMissingTools, type MissingTool } from '../../backend/native/provision/tools.js';
import { selectBackend } from '../../backend/select.js';
import type { BackendName } from '../../backend/tfjs/backend.js';
import { CnnvizError } from '../../base/errors.js';
import { cnnvizHome } from '../../disk/home-folder.js';
import { readOwnVersion } from '../shared/versions.js';

/** One backend, and whether it works on this machine. */
export type BackendReport =
  | { name: BackendName; available: true; version: string; threads: number }
  | { name: BackendName; available: false; reason: string; hint?: string };

/** Everything that decides how cnnviz runs on this machine. */
export interface DoctorReport {
  cnnvizVersion: string;
  nodeVersion: string;
  platform: string;
  arch: string;
  /** absent with another C library */
  glibcVersion?: string;
  /** cores that this process may use */
  cores: number;
  /** those that `auto` chooses from, fastest first */
  backends: BackendReport[];
  /** what `auto` chooses */
  selected: BackendName;
  /** experimental: what it needs is installed; a graphics card is looked for when it is used */
  webgpuInstalled: boolean;
  /** the per-user folder; if there is none, the reason in parentheses */
  home: string;
  /** where TensorFlow's libraries are; absent until set-up has run */
  installation?: Installation;
  /** the addon for training on several machines; absent where it is not set up */
  clusterAddon?: string;
  /** what native TensorFlow computes on, such as `CPU:0`; absent where it does not run */
  devices?: string[];
  /** of a platform or a wheel that cnnviz was never tried on: absent where it was, and where there is no native TensorFlow */
  untried?: { platform: string; agreement?: BackendAgreement };
  /** what set-up would be missing; empty if native TensorFlow works */
  missing: MissingTool[];
}

/**
 * Examines this machine: loads every backend in turn, which takes about a second. Leaves the fastest one current.
 *
 * @example
 * ```ts
 * import { doctor } from 'cnnviz';
 *
 * const { selected } = await doctor(); // 'native', 'wasm' or 'cpu'
 * ```
 */
export async function doctor(): Promise<DoctorReport> {
  const backends: BackendReport[] = [];
  for (const name of ['cpu', 'wasm', 'native'] as const) backends.unshift(await examine(name));
  const { name: selected } = await selectBackend('auto');
  const { isWebgpuInstalled } = await import('../../backend/webgpu/start.js');
  const { platform, arch, glibcVersion } = readPlatform();
  const installation = findInstallation();
  const hasNative = backends.some(({ name, available }) => name === 'native' && available);
  const untried = describeUntried(installation);
  const clusterAddon = installation && findClusterAddon(installation);
  return {
    cnnvizVersion: readOwnVersion(),
    nodeVersion: process.versions.node,
    platform,
    arch,
    ...(glibcVersion !== undefined && { glibcVersion }),
    cores: availableParallelism(),
    backends,
    selected,
    webgpuInstalled: isWebgpuInstalled(),
    home: describeHome(),
    ...(installation && { installation }),
    ...(clusterAddon !== undefined && { clusterAddon }),
    ...(hasNative && { devices: listDevices() }),
    ...(untried && { untried }),
    missing: selected === 'native' ? [] : await findMissingTools(),
  };
}

function describeUntried(installation: Installation | undefined): DoctorReport['untried'] {
  const platform = findPlatform(process);
  const isTried = installation === undefined ? platform?.isTried : isTriedWheel(installation.wheelSha256);
  if (platform === undefined || isTried) return undefined;
  const agreement = installation && readAgreement(installation);
  return { platform: platform.name, ...(agreement && { agreement }) };
}

async function examine(name: BackendName): Promise<BackendReport> {
  try {
    const { version, threads } = await selectBackend(name);
    return { name, available: true, version, threads };
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    return { name, available: false, reason: error.message, ...(error.hint !== undefined && { hint: error.hint }) };
  }
}

function describeHome(): string {
  try {
    return cnnvizHome();
  } catch (error) {
    if (!(error instanceof CnnvizError)) throw error;
    return `(${error.message})`;
  }
}
