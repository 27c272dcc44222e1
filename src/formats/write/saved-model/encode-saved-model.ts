// A SavedModel of one file: weights are constants, and two functions take pixels, or the bytes of an image file.

import { encodeSavedModel, type Signature, type SignatureTensor } from '../../../backend/native/saved-model.js';
import type { tf } from '../../../backend/tfjs/tensors.js';
import type { GraphBuilder, GraphTensor } from '../../../engines/graph/build/graph-builder.js';
import { binary } from '../../../engines/graph/build/ops.js';
import { UnsupportedByGraph } from '../../../engines/graph/build/unsupported.js';
import { type FrozenNetwork, freezeNetwork, nodesBehind } from '../../../engines/graph/frozen-graph.js';
import { EXPORT_FORMAT, type ExportContent, type ExportNotes } from '../export-content.js';
import { refuseLayer } from '../exported-network.js';
import { addPhotograph } from './photograph.js';

/**
 * Its saved_model.pb. `serving_default` takes `pixels`, [batch, height, width, channels], as the network has them;
 * `photograph` takes `image`, the bytes of one JPEG or PNG file. Both give `scores`, the network's output; `photograph` also
 * `classes` and `probabilities` where the classes are known.
 *
 * @throws CnnvizError BAD_MODEL for a layer that the graph does not have
 */
export function encodeServable({ model, notes }: ExportContent): { 'saved_model.pb': Uint8Array } {
  const { classNames, preprocessing } = notes;
  const { encoded, input, network } = buildGraph(model, preprocessing);
  const { graph, outputs } = network;
  const scores = Object.fromEntries(
    outputs.map(({ name, tensor, shape }, index) => [
      index === 0 ? 'scores' : name,
      describe(addResult(graph, tensor), [-1, ...shape]),
    ]),
  );
  const fetched = graph.scoped('classes', () => addClasses(network, classNames));
  const signatures: Record<string, Signature> = {
    serving_default: {
      inputs: { pixels: describe(input.tensor, [-1, ...input.shape]) },
      outputs: scores,
    },
    ...(encoded && {
      photograph: { inputs: { image: describe(encoded, []) }, outputs: { ...scores, ...fetched } },
    }),
  };
  const ends = [...Object.values(scores), ...Object.values(fetched)].map(({ node, type }) => ({ name: node, type }));
  const options = { signatures, version: EXPORT_FORMAT };
  return { 'saved_model.pb': encodeSavedModel(nodesBehind(graph, ends), options) };
}

/** The network, on pixels that are those of the image file where no others are given. */
function buildGraph(model: tf.LayersModel, preprocessing: ExportNotes['preprocessing']) {
  const made: { encoded?: GraphTensor; input?: { tensor: GraphTensor; shape: readonly number[] } } = {};
  try {
    const network = freezeNetwork(model, (graph, shape) => {
      const tensor = graph.scoped('input', () => {
        if (shape.length !== 3 || shape[2] !== (preprocessing.channels ?? 3))
          return graph.placeholder('pixels', [-1, ...shape]);
        const encoded = graph.placeholder('image', [], 'string');
        made.encoded = encoded;
        const pixels = addPhotograph(graph, encoded, preprocessing);
        const attributes = { dtype: { type: 'float' }, shape: { shape: [-1, ...shape] } } as const;
        return graph.add('PlaceholderWithDefault', [pixels], attributes, { name: 'pixels' });
      });
      made.input = { tensor, shape };
      return tensor;
    });
    return { network, encoded: made.encoded, input: made.input as NonNullable<typeof made.input> };
  } catch (error) {
    if (!(error instanceof UnsupportedByGraph)) throw error;
    const kind = model.layers.find(({ name }) => name === error.layer)?.getClassName() ?? 'a layer within';
    throw refuseLayer({ name: error.layer, kind }, error.reason);
  }
}

/** A node of its own: TensorFlow may merge another one into its neighbors. */
function addResult(graph: GraphBuilder, tensor: GraphTensor): GraphTensor {
  return graph.add('Identity', [tensor], { T: { type: tensor.type } }, { name: 'result' });
}

function describe({ name, type }: GraphTensor, shape: readonly number[]): SignatureTensor {
  return { node: name, type, shape };
}

/** The names of the classes, and how probable each is, in the same order: nothing where one output does not say it. */
function addClasses(network: FrozenNetwork, classNames: readonly string[]): Record<string, SignatureTensor> {
  const { graph, outputs } = network;
  const [output, ...others] = outputs;
  const count = classNames.length;
  if (output === undefined || others.length > 0 || count === 0 || output.shape.length !== 1) return {};
  const [units] = output.shape;
  const names = graph.add(
    'Const',
    [],
    { dtype: { type: 'string' }, value: { texts: classNames } },
    { name: 'names', type: 'string' },
  );
  if (units === count) {
    return { classes: describe(names, [count]), probabilities: describe(addResult(graph, output.tensor), [-1, count]) };
  }
  if (units !== 1 || count !== 2) return {};
  // One sigmoid unit: the probability of the second class.
  const first = binary(graph, 'Sub', graph.scalar(1), output.tensor);
  const both = graph.add('ConcatV2', [first, output.tensor, graph.integer(1)], {
    N: { int: 2 },
    T: { type: 'float' },
    Tidx: { type: 'int32' },
  });
  return { classes: describe(names, [2]), probabilities: describe(both, [-1, 2]) };
}
