// The protocol buffers of a cluster: field numbers of tensorflow_server.proto, cluster.proto and config.proto.

import { bytesField, join, messageField, varintField } from '../../../base/protobuf.js';

/** Who numbers the steps of all workers and completes their groups. */
const LEADER = '/job:worker/replica:0/task:0';

/**
 * ConfigProto, the same for the server and its sessions: what a session sees (its own worker only), and who leads.
 *
 * @param isReduced of a session that computes in bfloat16: TensorFlow fuses a convolution with what follows to an operation whose
 * definition lacks that type. Only sessions on a server look at the definition again, and refuse it; they go without (RewriterConfig
 * remapping OFF).
 */
export function encodeConfig(index: number, isReduced = false): Uint8Array {
  const filters = bytesField(4, `/job:worker/task:${index}`);
  const withoutFusing = messageField(10, [messageField(10, [varintField(14, 2)])]);
  return join([filters, ...(isReduced ? [withoutFusing] : []), messageField(16, [bytesField(1, LEADER)])]);
}

/** ServerDef. @param addresses HOST:PORT of all workers */
export function encodeServer(addresses: readonly string[], index: number): Uint8Array {
  const tasks = addresses.map((address, task) => messageField(2, [varintField(1, task), bytesField(2, address)]));
  return join([
    messageField(1, [messageField(1, [bytesField(1, 'worker'), ...tasks])]),
    bytesField(2, 'worker'),
    varintField(3, index),
    bytesField(4, encodeConfig(index)),
    bytesField(5, 'grpc'),
  ]);
}

/** RunOptions: the time after which TensorFlow gives a call up. */
export function encodeLimit(limitMs: number): Uint8Array {
  return varintField(2, Math.round(limitMs));
}
