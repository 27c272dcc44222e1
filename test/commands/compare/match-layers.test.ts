import { beforeAll, expect, test } from 'vitest';
import { selectBackend } from '../../../src/backend/select.js';
import { openMatchers } from '../../../src/commands/compare/match-layers.js';

beforeAll(async () => {
  await selectBackend('cpu');
});

test('both medians are of the channels that have a one-to-one partner', async () => {
  const layer = (channels: number) => ({ name: 'dense_1', kind: 'Dense', shape: [channels] }) as never;
  const [matcher] = openMatchers({ a: [layer(2)], b: [layer(1)] });
  // Channel 0 is the other's channel itself; channel 1 goes against it, and has no partner left.
  const output = (channels: number, ...values: number[]) =>
    ({ name: 'dense_1', shape: [3, channels], values: Float32Array.from(values) }) as never;
  await matcher?.add(output(2, 1, -1, 2, -3, 4, -4), output(1, 1, 2, 4));
  const match = await matcher?.match();
  expect(match?.best.map(({ partner }) => partner)).toEqual([0, 0]);
  expect(match?.pairs?.map(({ partner }) => partner)).toEqual([0, null]);
  expect([match?.medianBest, match?.medianPairs]).toEqual([expect.closeTo(1, 5), expect.closeTo(1, 5)]);
});
