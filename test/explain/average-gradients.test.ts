import { expect, test } from 'vitest';
import { averageGradients } from '../../src/explain/average-gradients.js';

test('the mean is over all inputs, whatever is left for the last batch', async () => {
  const sizes: number[] = [];
  const network = {
    /** The gradient of the square. */
    async sumGradients(inputs: Float32Array) {
      sizes.push(inputs.length / 2);
      return [0, 1].map((place) => {
        return inputs.reduce((sum, value, index) => (index % 2 === place ? sum + 2 * value : sum), 0);
      });
    },
  } as unknown as Parameters<typeof averageGradients>[0];
  for (const count of [1, 8, 9, 17]) {
    const inputs = Array.from({ length: count }, (_, index) => Float32Array.of(index, 1));
    let done = 0;
    const mean = await averageGradients(network, inputs, Float32Array.of(1), async (runs) => {
      done += runs;
    });
    expect([...mean]).toEqual([count - 1, 2]);
    expect(done).toBe(count);
    expect(sizes.splice(0).reduce((sum, size) => sum + size, 0)).toBe(count);
  }
});
