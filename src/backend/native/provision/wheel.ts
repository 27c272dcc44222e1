// Gets the official wheel, downloaded or given.

import type { NativePlatform } from '../platform.js';

/** The release of TensorFlow whose C API tfjs-node 4.22 is built against here. */
export const TENSORFLOW_VERSION = '2.21.0';

/** The official wheel for a kind of machine. Its libraries do not depend on Python, so one wheel serves whatever Python asks for it. */
export interface Wheel {
  /** as pip writes it */
  requirement: string;
  /** what pip is asked for, whatever Python runs it */
  pipTarget: readonly string[];
  fileName: string;
  sha256?: string;
  bytes?: number;
}

export function wheelFor({ wheel }: NativePlatform): Wheel {
  const { package: name, tag, ...known } = wheel;
  return {
    requirement: `${name.replace('_', '-')}==${TENSORFLOW_VERSION}`,
    pipTarget: ['--python-version', '3.11', '--implementation', 'cp', '--platform', tag],
    fileName: `${name}-${TENSORFLOW_VERSION}-cp311-cp311-${tag}.whl`,
    ...known,
  };
}

/** Both find each other beside themselves (RUNPATH `$ORIGIN`): they must lie in one folder. */
export function wheelLibraries({ libraries }: NativePlatform): string[] {
  return [libraries.tensorflow, libraries.framework].map((name) => `tensorflow/${name}`);
}

/** The C API's headers and what they include, under `tensorflow/include/`. */
export const WHEEL_HEADERS = [
  ...['c_api', 'c_api_macros', 'tf_attrtype', 'tf_buffer', 'tf_datatype', 'tf_status', 'tf_tensor', 'tf_tstring'].map(
    (name) => `tensorflow/c/${name}.h`,
  ),
  'tensorflow/c/eager/c_api.h',
  'tensorflow/core/platform/ctstring.h',
  'tensorflow/core/platform/ctstring_internal.h',
  'tsl/platform/ctstring.h',
  'tsl/platform/ctstring_internal.h',
  'xla/tsl/c/tsl_status.h',
].map((path) => `tensorflow/include/${path}`);

/** Free disk space that set-up needs at its peak: the wheel, its libraries and the copy that `strip` makes of the larger one. */
export const NEEDED_BYTES = 1_800_000_000;
