// What a report says of the network's layers, whether or not the page has their values.

import type { Engine, NetworkLayer } from '../../engines/contract/engine.js';
import type { CellField } from '../../engines/contract/receptive-field.js';
import { nameBlocks } from '../../page/name-blocks.js';
import type { NetworkLayerData, SideField } from '../../page/page-data.js';

/** The name that the page has for the network's input, of which no layer has a like name. */
function nameInput(layers: readonly NetworkLayer[]): string {
  let name = 'input';
  while (layers.some((layer) => layer.name === name)) name = `network ${name}`;
  return name;
}

/** The input and every layer of a network. @param shown the layers whose maps the page has */
export function describeNetwork(
  { layers, inputShape }: Pick<Engine, 'layers' | 'inputShape'>,
  shown: readonly NetworkLayer[],
): NetworkLayerData[] {
  const input = nameInput(layers);
  const blocks = nameBlocks(layers);
  const described = layers.map((layer, index): NetworkLayerData => {
    const { name, kind, shape, parameterCount, settings, field, flattened } = layer;
    const inputs = layer.inputs.map((giver) => (giver === '' ? input : giver));
    const [giver = input] = inputs;
    return {
      ...{ name, kind, shape, parameterCount, inputs, settings, block: blocks[index] as string },
      ...(kind === 'MaxPooling2D' && giver !== input && { pools: giver }),
      ...(flattened !== null && giver !== input && { flattens: giver }),
      ...(field &&
        shown.includes(layer) && { field: { rows: listSide(field.rows), columns: listSide(field.columns) } }),
    };
  });
  const about = { kind: 'InputLayer', shape: inputShape, parameterCount: 0, inputs: [], settings: {} };
  return [{ name: input, ...about, block: input }, ...described];
}

function listSide(cells: readonly CellField[]): SideField {
  return {
    from: cells.map(({ from }) => from),
    to: cells.map(({ to }) => to),
    middle: cells.map(({ middle }) => Number(middle.toFixed(2))),
  };
}
