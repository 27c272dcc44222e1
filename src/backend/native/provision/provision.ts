// Set-up from start to end, named step by named step.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CnnvizError } from '../../../base/errors.js';
import { findClusterAddon, findInstallation, findWholeInstallation, type Installation, nativeHome } from '../cache.js';
import { findPlatform, type NativePlatform, platformRefusal, readPlatform } from '../platform.js';
import { checkInstallation } from './check.js';
import { addClusterAddon } from './cluster-addon.js';
import { compileAddons, stripLibraries } from './compile.js';
import { downloadWheel } from './download.js';
import type { SetupEvent, SetupStep, StepContext } from './events.js';
import { writeFailure } from './failures.js';
import { lockSetup } from './lock.js';
import { placeTfjsNode, TFJS_NODE_VERSION } from './packages.js';
import { commitInstallation, makeBuildFolder, sweepLeftovers } from './staging.js';
import { requireCompiler, requirePip } from './tools.js';
import { unpackWheel } from './unpack.js';
import { chooseChecksum, requireReadable, verifyFile } from './verify.js';
import { TENSORFLOW_VERSION, type Wheel, wheelFor } from './wheel.js';

/** How native TensorFlow is to be set up. */
export interface ProvisionOptions {
  /** the wheel's file, already here: neither Python nor an index is needed then */
  from?: string;
  /** the wheel's SHA-256, where cnnviz does not know it: of another platform's wheel, or of the one for NVIDIA's GPUs */
  sha256?: string;
  /** set up again even if it is already set up */
  force?: boolean;
  onEvent?: (event: SetupEvent) => void;
  signal?: AbortSignal;
}

/** What set-up ended with. */
export interface ProvisionResult {
  installation: Installation;
  /** false: it was there already */
  changed: boolean;
}

/**
 * Sets up native TensorFlow in the per-user cache: the official wheel's libraries and tfjs-node's own binding, compiled
 * against them. Half a minute after the download. Throws BACKEND_UNAVAILABLE (platform), SETUP_FAILED, DISK_FULL,
 * NOT_WRITABLE, NOT_FOUND, NOT_READABLE or ABORTED; then what was installed before still is, and nothing else.
 */
export async function provisionNative(options: ProvisionOptions = {}): Promise<ProvisionResult> {
  const home = nativeHome();
  const { signal } = options;
  const context: StepContext = { onEvent: options.onEvent ?? (() => {}), ...(signal && { signal }) };
  try {
    if (options.from !== undefined) await requireReadable(options.from);
    await sweepLeftovers(home);
    const present = options.force ? undefined : findWholeInstallation(home);
    if (present) return await completeInstallation(home, present, context);
    const plan = await makePlan(options, context);
    return await installUnderLock(home, plan, options, context);
  } catch (error) {
    if (signal?.aborted)
      throw new CnnvizError('ABORTED', 'the set-up of native TensorFlow was interrupted', { cause: error });
    throw writeFailure(home, error);
  }
}

/** An installation of a cnnviz that could not train on several machines gets the addon for that. */
async function completeInstallation(
  home: string,
  installation: Installation,
  context: StepContext,
): Promise<ProvisionResult> {
  if (findClusterAddon(installation) !== undefined) return { installation, changed: false };
  let unlock = async (): Promise<void> => {};
  try {
    unlock = await lockSetup(home, context);
    const isThere = findClusterAddon(installation) !== undefined; // by the process that was waited for
    return { installation, changed: !isThere && (await addClusterAddon(installation.folder, context)) };
  } catch (error) {
    // Whoever shares it with others may have made it read-only: it works as it is.
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    context.onEvent({ type: 'setup-without-cluster', reason: (writeFailure(home, error) as CnnvizError).message });
    return { installation, changed: false };
  } finally {
    await unlock();
  }
}

/** What is installed, and how it is known to be that. */
interface Plan {
  platform: NativePlatform;
  wheel: Wheel;
  sha256: string;
}

/** Refuses before any slow work where the platform, a checksum or a tool that set-up needs is not there. */
async function makePlan(options: ProvisionOptions, context: StepContext): Promise<Plan> {
  const refusal = platformRefusal(readPlatform());
  if (refusal) {
    const hint = 'cnnviz runs on WebAssembly here.';
    throw new CnnvizError('BACKEND_UNAVAILABLE', `native TensorFlow ${refusal}`, { hint });
  }
  const platform = findPlatform(process) as NativePlatform;
  const wheel = wheelFor(platform);
  const sha256 = chooseChecksum(wheel, options);
  await requireCompiler(platform, context);
  if (options.from === undefined) await requirePip(platform, context);
  return { platform, wheel, sha256 };
}

async function installUnderLock(
  home: string,
  plan: Plan,
  options: ProvisionOptions,
  context: StepContext,
): Promise<ProvisionResult> {
  const folder = await makeBuildFolder(home);
  let unlock = async (): Promise<void> => {};
  try {
    unlock = await lockSetup(home, context);
    const present = options.force ? undefined : findWholeInstallation(home); // by the process that was waited for
    if (present) return { installation: present, changed: false };
    await install(folder, plan, options, context);
    const installation = await commitInstallation(home, describe(folder, plan));
    await sweepLeftovers(home);
    return { installation, changed: true };
  } finally {
    if (findInstallation(home)?.folder !== folder) await rm(folder, { recursive: true, force: true });
    await unlock();
  }
}

async function install(
  folder: string,
  { platform, wheel: official, sha256 }: Plan,
  { from }: ProvisionOptions,
  context: StepContext,
): Promise<void> {
  const begin = (step: SetupStep): void => context.onEvent({ type: 'setup-step', step });
  const headers = join(folder, 'headers');
  begin('download');
  await placeTfjsNode(folder, context);
  const wheel = from ?? (await downloadWheel(folder, official, context));
  begin('verify');
  await verifyFile(wheel, sha256, context);
  begin('unpack');
  await unpackWheel(wheel, folder, headers, platform, context);
  if (from === undefined) await rm(wheel);
  begin('compile');
  await compileAddons(folder, headers, platform, context);
  await rm(headers, { recursive: true });
  begin('strip');
  await stripLibraries(folder, platform, context);
  begin('check');
  await checkInstallation(folder, context);
  await addClusterAddon(folder, context);
}

function describe(folder: string, { sha256 }: Plan): Installation {
  return {
    folder,
    tensorflowVersion: TENSORFLOW_VERSION,
    tfjsNodeVersion: TFJS_NODE_VERSION,
    wheelSha256: sha256,
    installedAt: new Date().toISOString(),
  };
}
