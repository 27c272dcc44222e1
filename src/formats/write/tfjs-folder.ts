// A folder for plain TensorFlow.js: its own two files, and metadata.json with the names of the classes.

import type { tf } from '../../backend/tfjs/tensors.js';
import { CnnvizError } from '../../base/errors.js';
import type { FileContent } from '../../disk/files.js';
import { encodeModel } from '../../network/store.js';
import type { ExportContent, ExportNotes } from './export-content.js';
import { type ExportedLayer, refuseLayer } from './exported-network.js';

/** Content by file name. @throws CnnvizError BAD_MODEL for a layer or an activation that TensorFlow.js does not have */
export function encodeTfjs({ model, network, notes }: ExportContent): Record<string, FileContent> {
  network.layers.forEach(requireStock);
  requireDifferentNames(model);
  return { ...encodeModel(model), 'metadata.json': JSON.stringify(describeNotes(notes), null, 2) };
}

function requireStock(layer: ExportedLayer): void {
  if (layer.isOwn) throw refuseLayer(layer, 'TensorFlow.js has no layer that is the same');
  const { activation } = layer.config;
  if (typeof activation === 'string' && activation.startsWith('keras')) {
    throw refuseLayer(layer, `TensorFlow.js has no activation like Keras's ${activation.slice('keras'.length)}`);
  }
}

/** It finds weights by their names, which those of a network within the network do not say. */
function requireDifferentNames({ weights }: tf.LayersModel): void {
  const names = weights.map(({ originalName }) => originalName);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return;
  throw new CnnvizError(
    'BAD_MODEL',
    `TensorFlow.js could not distinguish two weights of the network, which are both called ${twice}`,
    {
      hint: 'Export it in another format.',
    },
  );
}

/** `labels` and `imageSize` are where pages that use such networks look for them. */
function describeNotes({ classNames, ...notes }: ExportNotes): object {
  const { height, width } = notes.preprocessing;
  return { ...notes, labels: classNames, ...(height === width && { imageSize: height }) };
}
