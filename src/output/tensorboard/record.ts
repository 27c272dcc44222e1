// One record of such a file.

import { join } from '../../base/protobuf.js';
import { crc32c } from './crc32c.js';

/**
 * One record of a TFRecord file: length (uint64), its checksum, the content, its checksum; little endian.
 * https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
 */
export function frameRecord(content: Uint8Array): Uint8Array {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(content.length), true);
  return join([length, maskedChecksum(length), content, maskedChecksum(content)]);
}

/** Masked, since a checksum over bytes that hold checksums is weak. */
function maskedChecksum(bytes: Uint8Array): Uint8Array {
  const crc = crc32c(bytes);
  const masked = new Uint8Array(4);
  new DataView(masked.buffer).setUint32(0, ((crc >>> 15) | (crc << 17)) + 0xa282ead8, true);
  return masked;
}
