// Gets the official wheel, downloaded or given.

/** The release of TensorFlow whose C API tfjs-node 4.22 is built against here. */
export const TENSORFLOW_VERSION = '2.21.0';

/** The official wheel. Its libraries do not depend on Python, so one wheel serves whatever Python asks for it. */
export const WHEEL = {
  requirement: `tensorflow-cpu==${TENSORFLOW_VERSION}`,
  /** what pip is asked for, whatever Python runs it */
  pipTarget: ['--python-version', '3.11', '--implementation', 'cp', '--platform', 'manylinux_2_27_x86_64'],
  fileName: `tensorflow_cpu-${TENSORFLOW_VERSION}-cp311-cp311-manylinux_2_27_x86_64.whl`,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  bytes: 273_829_956,
};

/** Both keep RUNPATH `$ORIGIN`: they must lie in one folder. */
export const WHEEL_LIBRARIES = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'];

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
