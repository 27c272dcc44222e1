import { describe, expect, it } from 'vitest';
import { type ActivationSource, captureActivations } from '../../src/activations/capture.js';

describe('captureActivations', () => {
  it('runs the network once for all layers and cuts every channel and every unit into a plane', async () => {
    const calls: unknown[] = [];
    const source: ActivationSource = {
      async run(inputs, size, layerNames) {
        calls.push([inputs, size, layerNames]);
        return [
          // height 1, width 3, 2 channels
          { name: 'conv', shape: [1, 1, 3, 2], values: Float32Array.of(1, 10, 2, 20, 3, 30) },
          { name: 'dense', shape: [1, 2], values: Float32Array.of(7, 8) },
        ];
      },
    };
    const input = Float32Array.of(5);
    const [conv, dense] = await captureActivations(source, input, ['conv', 'dense']);

    expect(calls).toEqual([[input, 1, ['conv', 'dense']]]);
    expect(conv).toMatchObject({ name: 'conv', shape: [1, 1, 3, 2] });
    expect(conv?.planes).toEqual([
      { width: 3, height: 1, values: Float32Array.of(1, 2, 3) },
      { width: 3, height: 1, values: Float32Array.of(10, 20, 30) },
    ]);
    expect(dense?.planes).toEqual([
      { width: 1, height: 1, values: Float32Array.of(7) },
      { width: 1, height: 1, values: Float32Array.of(8) },
    ]);
  });
});

function captureOne(shape: number[], values: Float32Array) {
  return captureActivations({ run: async () => [{ name: 'conv', shape, values }] }, Float32Array.of(), ['conv']);
}

describe('the planes of a map', () => {
  it('keep rows and columns where it is not square', async () => {
    const [conv] = await captureOne([1, 2, 3, 1], Float32Array.of(1, 2, 3, 4, 5, 6));
    expect(conv?.planes).toEqual([{ width: 3, height: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6) }]);
  });

  it('need values that fill the shape', async () => {
    await expect(captureOne([1, 2, 2, 2], new Float32Array(7))).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
  });
});
