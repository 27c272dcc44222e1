import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { GraphSession } from '../../../src/backend/native/session.js';
import type { tf } from '../../../src/backend/tfjs/tensors.js';
import { activations } from '../../../src/commands/activations/index.js';
import { channels } from '../../../src/commands/channels/index.js';
import { evaluate } from '../../../src/commands/evaluate/index.js';
import { explain } from '../../../src/commands/explain/index.js';
import { predict } from '../../../src/commands/predict/index.js';
import { report } from '../../../src/commands/report/index.js';
import type { WorkflowEvent } from '../../../src/events.js';
import { encodeModel } from '../../../src/network/store.js';
import { randomizeWeights } from '../../helpers/gradients.js';
import { nativeTest } from '../../helpers/native.js';
import { calledTwice, nested, pooledTwice, twoInputs, twoOutputs, unknownToGraph } from '../../helpers/odd-networks.js';
import { makeWorkspace, type Workspace } from '../workspace.js';

let workspace: Workspace;
let warnings: string[];

beforeEach(async () => {
  workspace = await makeWorkspace();
  warnings = [];
});

afterEach(() => {
  vi.restoreAllMocks();
  workspace.remove();
});

const at = (name: string) => join(workspace.folder, name);

function save(model: tf.LayersModel): string {
  mkdirSync(at('odd'));
  for (const [name, content] of Object.entries(encodeModel(randomizeWeights(model, 2)))) {
    writeFileSync(at(`odd/${name}`), Array.isArray(content) ? Buffer.concat(content) : (content as string));
  }
  return at('odd/model.json');
}

function onEvent(event: WorkflowEvent): void {
  if (event.type === 'warning') warnings.push(event.message);
}

const common = (model: string) => ({ model, backend: 'native' as const, images: [at('red.png')], onEvent });

const COMMANDS: Record<string, (model: string) => Promise<unknown>> = {
  predict: (model) => predict(common(model)),
  activations: (model) => activations({ ...common(model), out: at('a') }),
  'activations by contribution': (model) =>
    activations({ ...common(model), out: at('b'), top: 2, by: 'contribution', layers: 'all' }),
  explain: (model) => explain({ ...common(model), out: at('e') }),
  report: (model) => report({ ...common(model), out: at('r.html'), layers: 'all' }),
  channels: (model) => channels({ ...common(model), data: workspace.folder, out: at('c') }),
};

describe.each(Object.entries(COMMANDS))('%s', (_, run) => {
  nativeTest('has one session, with one copy of the weights', async () => {
    const load = vi.spyOn(GraphSession, 'load');
    await run(at('runs/first'));
    expect(load).toHaveBeenCalledTimes(1);
    expect(warnings.filter((message) => /slower/.test(message))).toEqual([]);
  });

  nativeTest('reports once, with the reason, that the graph cannot run a network', async () => {
    const load = vi.spyOn(GraphSession, 'load');
    await run(save(unknownToGraph()));
    expect(load).not.toHaveBeenCalled();
    const slower = warnings.filter((message) => /slower/.test(message));
    expect(slower).toEqual([expect.stringMatching(/^run by tfjs-layers, which is slower: rows: normalizes axis 1/)]);
  });

  nativeTest.each([calledTwice, pooledTwice, nested])('takes a network that is $name', async (build) => {
    await run(save(build()));
    expect(warnings.filter((message) => /slower/.test(message))).toEqual([]);
  });

  nativeTest('refuses a network of several inputs in a sentence', async () => {
    await expect(run(save(twoInputs()))).rejects.toMatchObject({
      code: 'BAD_MODEL',
      message: expect.stringMatching(/several inputs \(left, right\)/),
    });
  });
});

nativeTest('evaluate reports the fallback as well', async () => {
  for (const [name, image] of Object.entries({ cats: 'red.png', dogs: 'blue.png' })) {
    mkdirSync(at(`data/${name}`), { recursive: true });
    copyFileSync(at(image), at(`data/${name}/${image}`));
  }
  await evaluate({ data: at('data'), model: save(unknownToGraph()), backend: 'native', onEvent });
  expect(warnings.filter((message) => /slower/.test(message))).toHaveLength(1);
});

nativeTest('of a network with several outputs the layers are shown, and no class is predicted', async () => {
  const model = save(twoOutputs());
  const { images } = await activations({ ...common(model), out: at('a'), layers: 'all' });
  expect(images[0]).toMatchObject({ prediction: null });
  expect(images[0]?.layers.map(({ name }) => name)).toEqual(['conv', 'flat', 'kind', 'age']);
  const several = { code: 'BAD_MODEL', message: expect.stringMatching(/several outputs \(kind, age\)/) };
  await expect(predict(common(model))).rejects.toMatchObject(several);
  await expect(explain({ ...common(model), out: at('e') })).rejects.toMatchObject(several);
});
