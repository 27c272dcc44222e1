import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { selectBackend } from '../../../src/backend/select.js';
import type { BackendName } from '../../../src/backend/tfjs/backend.js';
import { tf } from '../../../src/backend/tfjs/tensors.js';
import { isWebgpuInstalled } from '../../../src/backend/webgpu/start.js';
import { LayersTrainer } from '../../../src/engines/tfjs/train.js';
import { buildModel } from '../../../src/network/build.js';
import { chromiumPath } from '../../helpers/chromium.js';
import { layersEngine } from '../../helpers/engines.js';
import { testUnless } from '../../helpers/skip.js';
import { makeBatch, RMSPROP } from '../../training/training-fixture.js';

const FILES = ['vk_swiftshader_icd.json', 'libvulkan.so.1'];

/** The folder of Chromium's graphics card in software, undefined where it has none. */
const folder = (chromiumPath === undefined ? [] : [dirname(realpathSync(chromiumPath)), '/usr/lib/chromium']).find(
  (place) => FILES.every((name) => existsSync(join(place, name))),
);

const webgpuTest = testUnless(
  !isWebgpuInstalled()
    ? 'WebGPU (the packages webgpu and @tensorflow/tfjs-backend-webgpu are not installed)'
    : folder === undefined
      ? 'WebGPU (no Chromium with SwiftShader, its graphics card in software)'
      : undefined,
);

/** What Dawn is to find: a Vulkan driver, and Vulkan itself, which stays loaded although it is no addon (RTLD_NODELETE). */
function offerSwiftShader(): void {
  const [driver, vulkan] = FILES.map((name) => join(folder as string, name)) as [string, string];
  process.env.VK_ICD_FILENAMES = driver;
  const RTLD_NODELETE = 0x1000;
  expect(() => process.dlopen({ exports: {} }, vulkan, constants.dlopen.RTLD_NOW | RTLD_NODELETE)).toThrow();
}

async function trainOn(backend: BackendName): Promise<{ losses: number[]; outputs: Float32Array }> {
  await selectBackend(backend);
  const model = buildModel({ imageSize: 16, filters: [4, 8], dense: 16, dropout: 0, classCount: 2 }, 3);
  const trainer = new LayersTrainer(model, RMSPROP);
  const batch = makeBatch(6, 16);
  const losses = [];
  for (let step = 0; step < 5; step++) {
    losses.push((await trainer.trainStep(batch, { learningRate: 1e-3, seed: 5, step })).loss);
  }
  const { outputs } = await trainer.evaluateBatch(batch);
  trainer.dispose();
  model.dispose();
  return { losses, outputs };
}

webgpuTest('five training steps on webgpu equal those on wasm', { timeout: 300_000 }, async () => {
  offerSwiftShader();
  const globals = new Set(Object.getOwnPropertyNames(globalThis));
  expect(await selectBackend('webgpu')).toMatchObject({
    name: 'webgpu',
    device: expect.stringMatching(/swiftshader/i),
  });
  expect(tf.getBackend()).toBe('webgpu');
  const added = Object.getOwnPropertyNames(globalThis).filter((name) => !globals.has(name));
  expect(added.sort()).toEqual(['GPUBuffer', 'GPUBufferUsage', 'GPUMapMode', 'GPUTexture', 'GPUTextureUsage']);
  const onCard = await trainOn('webgpu');
  const expected = await trainOn('wasm');
  for (const [step, loss] of onCard.losses.entries()) expect(loss).toBeCloseTo(expected.losses[step] as number, 5);
  for (const [image, output] of onCard.outputs.entries())
    expect(output).toBeCloseTo(expected.outputs[image] as number, 4);
});

/** What `channels` measures of two random images. */
async function measureOn(backend: BackendName) {
  await selectBackend(backend);
  const model = buildModel({ imageSize: 16, filters: [4, 8], dense: 16, dropout: 0, classCount: 2 }, 3);
  const engine = layersEngine(model);
  const { inputs } = makeBatch(2, 16);
  const measured = await engine.measure(
    inputs,
    2,
    engine.layers.map(({ name }) => name),
  );
  model.dispose();
  return measured;
}

webgpuTest('channels are measured on webgpu as on wasm', { timeout: 300_000 }, async () => {
  offerSwiftShader();
  const onCard = await measureOn('webgpu');
  const expected = await measureOn('wasm');
  expect(onCard.length).toBe(7);
  for (const [index, layer] of onCard.entries()) {
    expect(layer.firingCounts, layer.name).toEqual(expected[index]?.firingCounts);
    for (const [channel, mean] of layer.means.entries()) {
      expect(mean).toBeCloseTo(expected[index]?.means[channel] as number, 5);
    }
  }
});

webgpuTest('what the driver refuses is an error, not zeros', { timeout: 300_000 }, async () => {
  offerSwiftShader();
  await selectBackend('webgpu');
  // the shader that tfjs makes to turn conditions over does not compile; small tensors it leaves to the processor
  const counts = tf.sum(tf.greater(tf.ones([2, 600, 4]), 0), 1);
  await expect(counts.data()).rejects.toMatchObject({
    code: 'BACKEND_UNAVAILABLE',
    message: expect.stringMatching(/^backend webgpu: the graphics card's driver refused a computation: ./),
  });
  expect([...(await tf.add(tf.ones([2]), 1).data())]).toEqual([2, 2]);
});

test('auto never takes webgpu', async () => {
  const { name, refusals } = await selectBackend('auto');
  expect([name, ...refusals.map((refusal) => refusal.name)]).not.toContain('webgpu');
});
