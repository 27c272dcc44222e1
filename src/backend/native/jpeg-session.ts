// JPEGs decoded by TensorFlow, many in one call and on all cores.

import { tf } from '../tfjs/tensors.js';
import { hushed } from './hush.js';
import { JPEG_ATTRIBUTES } from './jpeg-attributes.js';
import { encodeSavedModel, type GraphFunction, type GraphNode } from './saved-model.js';
import { GraphSession } from './session.js';

/** A JPEG file, and the rows and columns of it that are wanted. */
interface PickedJpeg {
  bytes: Uint8Array;
  rows: Int32Array;
  columns: Int32Array;
}

const UINT8 = { type: 'uint8' } as const;
const INT32 = { type: 'int32' } as const;

const pick = { Tparams: UINT8, Tindices: INT32, Taxis: INT32, batch_dims: { int: 0 } } as const;

/** One file to its pixels. Rows and columns are fed, since ResizeNearestNeighbor picks others than Pillow. */
const DECODE: GraphFunction = {
  name: 'decode',
  inputs: { file: 'string', rows: 'int32', columns: 'int32' },
  output: { type: 'uint8', from: 'pixels:output:0' },
  nodes: [
    integers('first', [0], []),
    integers('second', [1], []),
    { name: 'whole', op: 'DecodeJpeg', inputs: ['file'], attributes: JPEG_ATTRIBUTES },
    { name: 'lines', op: 'GatherV2', inputs: ['whole:image:0', 'rows', 'first:output:0'], attributes: pick },
    { name: 'pixels', op: 'GatherV2', inputs: ['lines:output:0', 'columns', 'second:output:0'], attributes: pick },
  ],
};

/** Any number of files at once. The binding fetches no uint8, so pixels leave as int32, four bytes each. */
const NODES: readonly GraphNode[] = [
  placeholder('files', 'string', [-1]),
  placeholder('rows', 'int32', [-1, -1]),
  placeholder('columns', 'int32', [-1, -1]),
  placeholder('padding', 'int32', [1, 2]),
  {
    name: 'images',
    op: 'MapDefun',
    inputs: ['files', 'rows', 'columns'],
    attributes: {
      Targuments: { types: ['string', 'int32', 'int32'] },
      output_types: { types: ['uint8'] },
      output_shapes: { shapes: [[-1, -1, 3]] },
      f: { function: DECODE.name },
    },
  },
  integers('line', [-1], [1]),
  integers('words', [-1, 4], [2]),
  { name: 'bytes', op: 'Reshape', inputs: ['images', 'line'], attributes: { T: UINT8, Tshape: INT32 } },
  { name: 'padded', op: 'Pad', inputs: ['bytes', 'padding'], attributes: { T: UINT8, Tpaddings: INT32 } },
  { name: 'parts', op: 'Reshape', inputs: ['padded', 'words'], attributes: { T: UINT8, Tshape: INT32 } },
  { name: 'packed', op: 'Bitcast', inputs: ['parts'], attributes: { T: UINT8, type: INT32 } },
];

/** Decodes JPEGs in a TensorFlow session, which is opened for the first of them. Needs the native backend. */
export class JpegSession {
  #session: GraphSession | undefined;
  #disposed = false;

  /**
   * @param jpegs with as many rows, and as many columns, each
   * @returns of each [rows, columns, 3]
   * @throws Error if one of them cannot be decoded, or only in part
   */
  decode(jpegs: readonly PickedJpeg[]): Uint8Array[] {
    if (this.#disposed) throw new Error('this session is disposed');
    this.#session ??= GraphSession.load(encodeSavedModel(NODES, { functions: [DECODE] }));
    const session = this.#session;
    const rows = stack(jpegs.map((jpeg) => jpeg.rows));
    const columns = stack(jpegs.map((jpeg) => jpeg.columns));
    const imageBytes = rows.width * columns.width * 3;
    const missing = -(jpegs.length * imageBytes) & 3;
    const files = jpegs.map(({ bytes }) => bytes);
    const feeds = {
      files: tf.tensor(files as unknown as string[], [files.length], 'string'),
      rows: tf.tensor(rows.values, [files.length, rows.width], 'int32'),
      columns: tf.tensor(columns.values, [files.length, columns.width], 'int32'),
      padding: tf.tensor([0, missing], [1, 2], 'int32'),
    };
    const packed: tf.Tensor[] = [];
    try {
      // libjpeg prints what it thinks of damaged files, even of those that it can read, whatever TensorFlow's log level
      packed.push(...hushed(() => session.run(feeds, ['packed'])));
      const { buffer } = (packed[0] as tf.Tensor).dataSync<'int32'>();
      return files.map((_, place) => new Uint8Array(buffer, place * imageBytes, imageBytes));
    } finally {
      tf.dispose([...packed, ...Object.values(feeds)]);
    }
  }

  /** Frees the session. */
  dispose(): void {
    this.#disposed = true;
    this.#session?.dispose();
  }
}

/** Lists of one length, one after the other. */
function stack(lists: readonly Int32Array[]): { values: Int32Array; width: number } {
  const width = lists[0]?.length ?? 0;
  const values = new Int32Array(lists.length * width);
  for (const [place, list] of lists.entries()) {
    if (list.length !== width) throw new Error(`expected ${width} indexes, received ${list.length}`);
    values.set(list, place * width);
  }
  return { values, width };
}

function placeholder(name: string, type: 'string' | 'int32', shape: readonly number[]): GraphNode {
  return { name, op: 'Placeholder', inputs: [], attributes: { dtype: { type }, shape: { shape } } };
}

function integers(name: string, values: readonly number[], shape: readonly number[]): GraphNode {
  const tensor = { shape, values: Int32Array.from(values) };
  return { name, op: 'Const', inputs: [], attributes: { dtype: INT32, value: { tensor } } };
}
