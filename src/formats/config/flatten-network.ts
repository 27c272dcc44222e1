// Takes the networks within a network apart: their layers become `outer/inner`.

import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import type { CallDefinition, LayerDefinition, NetworkDefinition, TensorReference } from '../network-definition.js';
import type { NestedNetwork } from './nested-network.js';
import { callKey, orderCalls } from './order-calls.js';

/** Calls of all layers together: networks that are called twice, within networks that are, grow without end. */
const callsAtMost = 30_000;

interface FlatLayer extends Omit<LayerDefinition, 'calls'> {
  calls: CallDefinition[];
}

/** The tensor of the flat network that an output of a call is. */
type FindOutput = (output: number) => TensorReference | undefined;

/** @throws what `refuse` makes of connections that lead nowhere */
export function flattenNetwork(network: NestedNetwork, refuse: RefuseFile): NetworkDefinition {
  const flattening = new Flattening(refuse);
  flattening.place(network, '');
  const find = flattening.call(network, '', undefined);
  const [inputs, outputs] = [network.inputs.map(find), network.outputs.map(find)];
  return { name: network.name, layers: [...flattening.layers.values()], inputs, outputs };
}

class Flattening {
  readonly layers = new Map<string, FlatLayer>();
  private readonly refuse: RefuseFile;
  private callCount = 0;

  constructor(refuse: RefuseFile) {
    this.refuse = refuse;
  }

  /** Gives all layers their places, in the file's order. @param prefix of their addresses: nothing, or `outer/` */
  place(network: NestedNetwork, prefix: string): void {
    for (const { name, kind, isOperation, config, network: inner } of network.layers) {
      const address = prefix + name;
      if (inner !== undefined) this.place(inner, `${address}/`);
      else if (this.layers.has(address)) throw this.refuse(`two of its layers are called ${describeValue(address)}`);
      else if (kind !== 'InputLayer' || prefix === '') {
        this.layers.set(address, { address, kind, isOperation, config, calls: [] });
      }
    }
  }

  /**
   * Adds the calls that one call of a network is made of.
   *
   * @param given to its inputs; undefined for the outermost network
   * @returns finds the tensor of the flat network that a reference within this one means
   */
  call(network: NestedNetwork, prefix: string, given: readonly TensorReference[] | undefined) {
    const found = given === undefined ? new Map<string, FindOutput>() : this.connectInputs(network, given, prefix);
    const find = ({ layer, call, output }: TensorReference): TensorReference => {
      const reference = found.get(callKey(layer, call))?.(output);
      if (reference !== undefined) return reference;
      throw this.refuse(
        `it uses output ${output} of call ${call} of the layer ${describeValue(prefix + layer)}, which is missing`,
      );
    };
    for (const { layer, call, number } of orderCalls(network, this.refuse)) {
      const key = callKey(layer.name, number);
      if (found.has(key)) continue; // an input of an inner network
      const inputs = call.inputs.map(find);
      found.set(key, this.callLayer(layer, prefix, { ...call, inputs }));
    }
    return find;
  }

  private callLayer(layer: NestedNetwork['layers'][number], prefix: string, call: CallDefinition): FindOutput {
    this.callCount += 1 + call.inputs.length;
    if (this.callCount > callsAtMost)
      throw this.refuse(`expected at most ${callsAtMost} connections of layers, found more`);
    const address = prefix + layer.name;
    if (layer.network === undefined) {
      const flat = this.layers.get(address);
      if (flat === undefined) {
        throw this.refuse(`its layer ${describeValue(address)} is an input that its network does not name as one`);
      }
      const number = flat.calls.push(call) - 1;
      return (output) => ({ layer: address, call: number, output });
    }
    const { outputs } = layer.network;
    const find = this.call(layer.network, `${address}/`, call.inputs);
    return (output) => outputs[output] && find(outputs[output]);
  }

  /** The inputs of an inner network are what it is called with. */
  private connectInputs({ inputs }: NestedNetwork, given: readonly TensorReference[], prefix: string) {
    if (inputs.length !== given.length) {
      const name = describeValue(prefix.slice(0, -1));
      throw this.refuse(`its network ${name} has ${inputs.length} inputs, and is called with ${given.length}`);
    }
    return new Map<string, FindOutput>(
      inputs.map(({ layer, call }, index) => [callKey(layer, call), () => given[index]]),
    );
  }
}
