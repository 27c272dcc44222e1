// A model as a graph to look at and predict with.

import { encodeSavedModel } from '../../backend/native/saved-model.js';
import { GraphSession } from '../../backend/native/session.js';
import type { tf } from '../../backend/tfjs/tensors.js';
import { addFetches, addForward, openNetworkGraph } from './network-graph.js';
import { GraphNetwork } from './run.js';
import { copyModelWeights } from './session-state.js';

/**
 * Compiles a model for looking and predicting: any layer's output, in Keras's order. The weights are copied; later
 * changes of the model do not count. Throws UnsupportedByGraph. Needs the native backend.
 */
export function compileInferenceGraph(model: tf.LayersModel): GraphNetwork {
  const network = openNetworkGraph(model);
  const { layerOutputs } = addForward(network, false);
  const outputs = addFetches(network.graph, layerOutputs);
  const session = GraphSession.load(encodeSavedModel(network.graph.nodes));
  copyModelWeights(session, [...network.variables.values()], model);
  return new GraphNetwork(network, session, outputs);
}
