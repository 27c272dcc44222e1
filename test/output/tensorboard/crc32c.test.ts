import { expect, test } from 'vitest';
import { crc32c } from '../../../src/output/tensorboard/crc32c.js';

// RFC 3720, B.4, and the check value of the polynomial
test.each([
  ['32 zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 ones', new Uint8Array(32).fill(255), 0x62a8ab43],
  ['0 to 31', Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
  ['"123456789"', Buffer.from('123456789'), 0xe3069283],
  ['nothing', new Uint8Array(), 0],
])('the checksum of %s is the known one', (_, bytes, expected) => {
  expect(crc32c(bytes)).toBe(expected);
});
