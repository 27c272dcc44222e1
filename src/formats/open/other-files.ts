// Files that are often taken for a network that can be looked at: what each is, and what to do.

import type { RefuseFile } from '../bad-model.js';

interface OtherFile {
  /** @param start its first bytes, as Latin-1 */
  readonly is: (start: string) => boolean;
  readonly what: string;
  readonly hint: string;
}

const SAVE_IN_KERAS = 'Save the network in Keras: model.save("network.keras").';
const NO_CONVERSION = 'Save the Keras network that it was made of, if there is one: model.save("network.keras").';
const DOWNLOAD = 'Download the file itself: the page has a link or a button for it.';

const SAVED_MODEL = {
  what: 'it is a SavedModel of TensorFlow, whose layers are no more to be seen',
  hint: 'Save the Keras network itself: model.save("network.keras").',
};
const TFLITE = { what: 'it is a network for TensorFlow Lite, made for running only', hint: NO_CONVERSION };
const PYTORCH = {
  what: 'it is a file of PyTorch, whose networks only their own Python code can build',
  hint: 'Build the same network in Keras and save it: model.save("network.keras").',
};

const beginsWith =
  (...starts: string[]) =>
  (start: string) =>
    starts.some((known) => start.startsWith(known));

/** A protocol buffer whose field 1 is a small number, and whose field 2 is text: the name of the program that made it. */
const isOnnx = (start: string) => start[0] === '\b' && start[2] === '\x12' && /^[\w .-]+$/.test(start.slice(4, 10));
/** The same with 1 for the number, and a message for the text. */
const isSavedModel = (start: string) => start.startsWith('\b\x01\x12') && start.slice(3, 9).includes('\n');

const OTHER_FILES: readonly OtherFile[] = [
  { is: (start) => start === '', what: 'it is empty', hint: 'Its upload or download has ended early: get it again.' },
  {
    is: beginsWith('version https://git-lfs'),
    what: 'it is a pointer of Git LFS, not the file itself',
    hint: 'Get the file with "git lfs pull", or download it from the page of the repository.',
  },
  {
    is: (start) => /^\s*(<!--[\s\S]*?-->\s*)?<(!doctype html|html|head)/i.test(start),
    what: 'it is a web page, not a network',
    hint: DOWNLOAD,
  },
  { is: (start) => /^\s*<(\?xml|Error)/i.test(start), what: 'it is an XML file, not a network', hint: DOWNLOAD },
  { is: (start) => start.startsWith('TFL3', 4), ...TFLITE },
  { is: beginsWith('\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9'), ...PYTORCH },
  {
    is: beginsWith('\x80\x02', '\x80\x03', '\x80\x04', '\x80\x05'),
    what: 'it is a pickle of Python, which is code and is never run',
    hint: SAVE_IN_KERAS,
  },
  { is: isOnnx, what: 'it is a network in ONNX', hint: NO_CONVERSION },
  { is: isSavedModel, ...SAVED_MODEL },
  {
    is: (start) => start.startsWith('{"', 8),
    what: 'it holds weights alone (safetensors), without the network that they belong to',
    hint: SAVE_IN_KERAS,
  },
  {
    is: beginsWith('\xff\xd8\xff', '\x89PNG', 'GIF8', 'BM', 'RIFF'),
    what: 'it is an image, not a network',
    hint: 'Name the network with --model, and images without an option.',
  },
  {
    is: (start) =>
      beginsWith('\x1f\x8b', 'BZh', '\xfd7zXZ', '7z\xbc\xaf', 'Rar!', '(\xb5/\xfd')(start) ||
      start.startsWith('ustar', 257),
    what: 'it is a packed file of another kind than zip',
    hint: 'Unpack it, and name the network in it.',
  },
];

const EXPECTED =
  'a .keras or .h5 file of Keras, a TensorFlow.js layers model (model.json), or an export of Teachable Machine';

/** @param start its first bytes, as Latin-1 */
export function refuseOther(start: string, refuse: RefuseFile) {
  const known = OTHER_FILES.find((file) => file.is(start));
  return known === undefined
    ? refuse('it is no file of a network that is known here', { hint: `Expected ${EXPECTED}.` })
    : refuse(known.what, { hint: known.hint });
}

/** @param names of what a folder or an archive holds, where it holds no network */
export function refuseContent(names: readonly string[], place: string, refuse: RefuseFile) {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/(^|\/)saved_model\.pb$|\.savedmodel\/$/)) return refuse(SAVED_MODEL.what, SAVED_MODEL);
  if (has(/\.tflite$/)) return refuse(TFLITE.what, TFLITE);
  if (has(/(^|\/)data\.pkl$/)) return refuse(PYTORCH.what, PYTORCH);
  const weights = names.find((name) => /(\.weights\.(npz|json)|_\d+\.weights\.h5)$/.test(name));
  if (weights !== undefined) {
    return refuse(`it keeps its weights in ${weights}, which is not read`, {
      hint: 'Save the network in one file of Keras 3.',
    });
  }
  const shown = names.slice(0, 5).join(', ');
  const found = names.length === 0 ? 'nothing' : `${shown}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
  return refuse(`it is ${place} without a network in it; it holds ${found}`, { hint: `Expected ${EXPECTED}.` });
}
