import type { NetworkInput } from '../../contract/network-input.js';
import type { Feed } from './fetch-arrays.js';
import type { GraphBuilder, GraphTensor } from './graph-builder.js';
import { binary, bitcast, cast, reshape, shapeOf } from './ops.js';

/** A network's input in its graph: computed from bytes, or fed as it is. */
export interface PixelInput {
  /** without the batch */
  readonly shape: readonly number[];
  /** [batch, ...shape], float; feeding it takes the place of the bytes */
  readonly input: GraphTensor;
  /** placeholder, int32 [count]: four bytes each, in memory's order */
  readonly packed: GraphTensor;
  /** placeholder */
  readonly rescale: GraphTensor;
}

const BYTES_EACH = 4;

/**
 * Adds the input. The binding feeds no uint8, so bytes come as int32 and are taken apart here: a quarter of the memory of
 * floats crosses into TensorFlow, which scales them with all its threads. `rescale` is fed because TensorFlow would work a
 * constant factor into the first convolution's kernel, and round otherwise than Keras.
 *
 * @param shape without the batch
 */
export function addPixelInput(graph: GraphBuilder, shape: readonly number[]): PixelInput {
  const packed = graph.placeholder('packed_bytes', [-1], 'int32');
  const rescale = graph.placeholder('rescale', []);
  const input = graph.scoped('pixels', () => {
    const exampleBytes = shape.reduce((product, size) => product * size, 1);
    const unpacked = bitcast(graph, packed, 'uint8'); // [count, 4]
    const bytes = dropPadding(graph, reshape(graph, unpacked, graph.integers([-1])), packed, exampleBytes);
    return binary(graph, 'Mul', cast(graph, bytes, 'float'), rescale);
  });
  return { shape, packed, rescale, input: reshape(graph, input, graph.integers([-1, ...shape])) };
}

/** Examples of a size that four does not divide may leave up to three bytes over. */
function dropPadding(graph: GraphBuilder, bytes: GraphTensor, packed: GraphTensor, exampleBytes: number): GraphTensor {
  if (exampleBytes % BYTES_EACH === 0) return bytes;
  const size = graph.integers([exampleBytes]);
  const available = binary(graph, 'Mul', shapeOf(graph, packed), graph.integers([BYTES_EACH]));
  const used = binary(graph, 'Mul', binary(graph, 'FloorDiv', available, size), size);
  return graph.add('Slice', [bytes, graph.integers([0]), used], { T: { type: 'uint8' }, Index: { type: 'int32' } });
}

/** What to feed for a batch. */
export function inputFeeds({ shape, input, packed, rescale }: PixelInput, values: NetworkInput, size: number): Feed[] {
  if (values instanceof Float32Array) return [{ to: input, values, shape: [size, ...shape] }];
  const words = packBytes(values.bytes);
  return [
    { to: packed, values: words, shape: [words.length] },
    { to: rescale, values: Float32Array.of(values.rescale), shape: [] },
  ];
}

/** The same memory where it can be read so, else a copy, filled up with zeros. */
function packBytes(bytes: Uint8Array): Int32Array {
  const count = Math.ceil(bytes.length / BYTES_EACH);
  if (bytes.byteOffset % BYTES_EACH === 0 && bytes.length % BYTES_EACH === 0) {
    return new Int32Array(bytes.buffer, bytes.byteOffset, count);
  }
  const copy = new Uint8Array(count * BYTES_EACH);
  copy.set(bytes);
  return new Int32Array(copy.buffer);
}
