import { expect, test } from 'vitest';
import { trainCommand } from '../../../src/commands/train/cli.js';

test('of several workers the first one alone has something to open', () => {
  const view = (index: number, curves?: string) =>
    trainCommand.findView?.({ worker: { index, count: 2 }, ...(curves && { curves }) });
  expect([view(0, 'curves.png'), view(0), view(1)]).toEqual(['curves.png', undefined, null]);
  expect(trainCommand.findView?.({ curves: 'curves.png' })).toBe('curves.png');
});
