// Loads tfjs-node from the per-user cache.

import { availableParallelism } from 'node:os';
import { CnnvizError } from '../../base/errors.js';
import type { StartedBackend } from '../tfjs/backend.js';
import { tf } from '../tfjs/tensors.js';
import { explainNoInstallation, findWholeInstallation, type Installation } from './cache.js';
import { hushed, loadHush } from './hush.js';
import { isTriedWheel, platformRefusal, readPlatform } from './platform.js';
import { requireTfjsNode } from './tfjs-node.js';

const SET_UP = 'Run `cnnviz setup` to install it.';

/** What loading the installation gave. */
interface LoadedNative extends StartedBackend {
  /** the installation, where its wheel is one that cnnviz was never tried with */
  untried?: Installation;
}

/** Loads tfjs-node from the per-user cache, which registers the backend `tensorflow`. Throws BACKEND_UNAVAILABLE with the reason. */
export function loadNative(): LoadedNative {
  const installation = requireInstallation();
  const { folder } = installation;
  const shown = process.env.TF_CPP_MIN_LOG_LEVEL; // whoever asks for TensorFlow's log gets it
  process.env.TF_CPP_MIN_LOG_LEVEL = shown ?? '3'; // read once, at loading; what matters of its errors is thrown too
  loadHush(folder);
  const load = (): unknown => requireTfjsNode(folder);
  if (shown === undefined)
    hushed(load); // two of TensorFlow's lines survive every log level
  else load();
  // Not the current backend, which can be another one by now.
  const { binding } = tf.findBackend('tensorflow') as unknown as { binding: { TF_Version: string } };
  const untried = isTriedWheel(installation.wheelSha256) ? {} : { untried: installation };
  return { version: binding.TF_Version, threads: intraOpThreads(), ...untried };
}

function requireInstallation(): Installation {
  const whole = findWholeInstallation();
  if (whole) return whole;
  const refusal = platformRefusal(readPlatform());
  if (refusal) throw new CnnvizError('BACKEND_UNAVAILABLE', refusal);
  const { reason, hint = SET_UP } = explainNoInstallation() ?? { reason: 'is not set up' };
  throw new CnnvizError('BACKEND_UNAVAILABLE', `native TensorFlow ${reason}`, { hint });
}

/** TensorFlow's own rule: the variable if it is a positive number, else every core that this process may use. */
function intraOpThreads(): number {
  const asked = Number(process.env.TF_NUM_INTRAOP_THREADS);
  return asked > 0 ? asked : availableParallelism();
}
