import { expect, test } from 'vitest';
import {
  bytesField,
  doubleField,
  floatField,
  messageField,
  packedDoubleField,
  packedVarintField,
  varintField,
} from '../../src/base/protobuf.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// The first four are the examples of https://protobuf.dev/programming-guides/encoding
test.each([
  ['an integer', varintField(1, 150), '089601'],
  ['a string', bytesField(2, 'testing'), '120774657374696e67'],
  ['a nested message', messageField(3, [varintField(1, 150)]), '1a03089601'],
  ['packed integers', packedVarintField(6, [3, 270, 86942]), '3206038e029ea705'],
  ['a negative number, as int64', varintField(1, -1), `08${'ff'.repeat(9)}01`],
  ['a bool', varintField(5, true), '2801'],
  ['a float', floatField(4, 1.5), '250000c03f'],
  ['a double', doubleField(1, 1.5), '09000000000000f83f'],
  ['packed doubles', packedDoubleField(6, [1.5, -2]), '3210000000000000f83f00000000000000c0'],
  ['a field number above 15', varintField(16, 1), '800101'],
])('%s is encoded as the format defines it', (_, bytes, expected) => {
  expect(hex(bytes)).toBe(expected);
});
