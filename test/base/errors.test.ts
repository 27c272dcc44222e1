import { expect, test } from 'vitest';
import { CnnvizError } from '../../src/base/errors.js';

test('a message that quotes a page of a file is cut, any other stays as it is', () => {
  const path = `/${'folder/'.repeat(200)}img.jpg`;
  expect(new CnnvizError('BAD_IMAGE', `${path}: the file is empty`).message).toBe(`${path}: the file is empty`);
  const { message } = new CnnvizError('BAD_MODEL', `run.json: received ${'x'.repeat(20_000)}`);
  expect(message).toMatch(/^run\.json: received x+\.\.\.$/);
  expect(message.length).toBeLessThan(2000);
});
