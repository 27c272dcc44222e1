import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeShardBytes, requireShardSize } from '../../src/shards/shard-bytes.js';

const FORMAT = { format: 'x', version: 1, command: 'predict' };

test('only the text of a shard is limited by what a text can be, not its arrays', () => {
  const part = gzipSync(Buffer.alloc(2 ** 24));
  const arrays = new Array<Buffer>(31).fill(part); // 496 MiB
  const file = Buffer.concat([gzipSync('{"format":"x","formatVersion":1}\n'), ...arrays]);
  expect(decodeShardBytes(file, 'x.shard', FORMAT).content).toEqual({ format: 'x', formatVersion: 1 });
  const text = Buffer.concat([gzipSync('{"format":"x","formatVersion":1,"a":"'), ...arrays]);
  expect(() => decodeShardBytes(text, 'x.shard', FORMAT)).toThrow('x.shard: expected a shard of');
});

test('a shard that could not be read again is refused', () => {
  expect(() => requireShardSize(1.5 * 2 ** 30)).not.toThrow();
  expect(() => requireShardSize(2 ** 31)).toThrow('shard: it would hold 2.0 GiB, which cannot be read again');
  expect(() => requireShardSize(0, 500 * 2 ** 20)).toThrow('shard: it would hold 0.5 GiB');
});
