// The input shape of a Sequential network that was saved without one, as far as its weights show it.

import type { RefuseFile } from '../bad-model.js';
import type { LayerDefinition, NetworkDefinition, WeightReader } from '../network-definition.js';

/** Layers of images, and which weight has the channels that they take, at which place of its shape. */
const CHANNELS: Readonly<Record<string, readonly [role: string, place: number]>> = {
  Conv2D: ['kernel', 2],
  DepthwiseConv2D: ['kernel', 2],
  SeparableConv2D: ['depthwise_kernel', 2],
};
/** What can come before, and takes as many channels as it puts out. */
const KEEPING =
  /^(Rescaling|Normalization|BatchNormalization|Random\w+|ZeroPadding2D|(Max|Average)Pooling2D|Dropout|Activation|ReLU)$/;

/**
 * The network with the input that its first convolution takes: images of any size.
 *
 * @throws what `refuse` makes of a network without an input shape that does not begin with a convolution
 */
export async function inferInput(
  definition: NetworkDefinition,
  readWeights: WeightReader,
  refuse: RefuseFile,
): Promise<NetworkDefinition> {
  const input = definition.layers.find(
    ({ kind, config }) => kind === 'InputLayer' && !Array.isArray(config.batch_shape),
  );
  if (input === undefined) return definition;
  const channels = await countChannels(definition, input, readWeights);
  if (channels === undefined) {
    throw refuse('it does not say what shape its input has: it was saved before it was built', {
      hint: 'Begin the network with keras.Input((height, width, channels)), load its weights, and save it again.',
    });
  }
  const shaped = { ...input, config: { ...input.config, batch_shape: [null, null, null, channels] } };
  return { ...definition, layers: definition.layers.map((layer) => (layer === input ? shaped : layer)) };
}

async function countChannels(
  { layers }: NetworkDefinition,
  input: LayerDefinition,
  readWeights: WeightReader,
): Promise<number | undefined> {
  let address = input.address;
  for (const _ of layers) {
    const [next, ...others] = layers.filter(({ calls }) => calls.some((call) => call.inputs[0]?.layer === address));
    if (next === undefined || others.length > 0) return undefined;
    const [role, place] = CHANNELS[next.kind] ?? [];
    if (role !== undefined && place !== undefined) {
      const weight = (await readWeights(next.address)).find(({ name }) => name === role);
      const groups = next.config.groups;
      return weight && (weight.shape[place] as number) * (typeof groups === 'number' ? groups : 1);
    }
    if (!KEEPING.test(next.kind)) return undefined;
    address = next.address;
  }
  return undefined;
}
