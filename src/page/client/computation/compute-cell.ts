// Computes one value of a layer again, from what the page holds.

import type { ComputationData, ComputationsData } from '../../kernels/data.js';
import { findActivation } from './activations.js';
import type { Cell, Computed, Values } from './cell.js';
import { convolve, type Weights } from './convolution.js';
import { poolMap, poolWindow, weighUnits } from './other-layers.js';

/** What the page holds. */
export interface Holdings {
  readonly computations: ComputationsData;
  /** of a layer, '' for the network's input; undefined where the page does not hold them */
  readValues(layer: string): Promise<Values | undefined>;
  readWeights(layer: string): Promise<Weights | undefined>;
}

/** Why a value cannot be computed from what the page holds; `layer`: whose values or weights are missing. */
export interface Missing {
  readonly missing: 'rule' | 'values' | 'weights' | 'activation';
  readonly layer: string;
}

/** One value of a layer, computed from the values and weights on the page. */
export async function computeCell(layer: string, cell: Cell, holdings: Holdings): Promise<Computed | Missing> {
  const found = holdings.computations.layers.find(({ name }) => name === layer);
  if (found === undefined || found.rule.type === 'other') return { missing: 'rule', layer };
  const inputs: Values[] = [];
  for (const name of found.inputs) {
    const values = await readInput(name, found, holdings);
    if (values === undefined) return { missing: 'values', layer: name };
    inputs.push(values);
  }
  const [input] = inputs;
  if (input === undefined) return { missing: 'rule', layer };
  const output = await holdings.readValues(layer);
  if (output === undefined) return { missing: 'values', layer };
  return computeFrom(found, cell, { inputs, output }, await holdings.readWeights(layer));
}

/** A dense layer after Flatten gets the maps before that, place by place, which need not be stored once more. */
async function readInput(name: string, { rule }: ComputationData, holdings: Holdings) {
  const before = holdings.computations.layers.find((each) => each.name === name);
  const isFlatten = rule.type === 'dense' && before?.rule.type === 'flatten';
  return holdings.readValues(isFlatten ? (before.inputs[0] as string) : name);
}

function computeFrom(
  { name, rule }: ComputationData,
  cell: Cell,
  { inputs, output }: { inputs: readonly Values[]; output: Values },
  weights: Weights | undefined,
): Computed | Missing {
  const input = inputs[0] as Values;
  if (rule.type === 'other') return { missing: 'rule', layer: name };
  if (rule.type === 'pooling') return poolWindow(rule, cell, input, output);
  if (rule.type === 'global-pooling') return poolMap(rule.by, cell.channel, input);
  if (rule.type === 'flatten')
    return { type: 'copy', from: placeOf(cell.channel, input), value: unitsOf(input)[cell.channel] as number };
  if (rule.type === 'addition') {
    const from = inputs.map((each) => each.at(cell));
    return { type: 'addition', from, value: from.reduce((sum, each) => sum + each, 0) };
  }
  if (rule.type === 'activation') {
    const activate = findActivation(rule.activation);
    if (activate === undefined) return { missing: 'activation', layer: name };
    const from = input.at(cell);
    return { type: 'activation', from, activation: rule.activation.name, value: activate(from) };
  }
  if (weights === undefined) return { missing: 'weights', layer: name };
  if (rule.type === 'affine') {
    const [from, scale, offset] = [input.at(cell), weights.scale(cell.channel), weights.bias(cell.channel) ?? 0];
    return { type: 'affine', from, scale, offset, value: from * scale + offset };
  }
  const activate = findActivation(rule.activation);
  if (activate === undefined) return { missing: 'activation', layer: name };
  const summed =
    rule.type === 'dense'
      ? weighUnits(cell.channel, unitsOf(input), weights)
      : convolve(rule, cell, input, weights, output);
  return { ...summed, activation: rule.activation.name, value: activate(summed.sum) };
}

/** All values, as Flatten puts them into a row: place by place, channel by channel. */
function unitsOf(input: Values): number[] {
  return Array.from({ length: input.width * input.height * input.channels }, (_, unit) =>
    input.at(placeOf(unit, input)),
  );
}

function placeOf(unit: number, { width, channels }: Values): Cell {
  const place = Math.floor(unit / channels);
  return { channel: unit % channels, x: place % width, y: Math.floor(place / width) };
}
