// What an exporter gets: the network, and what goes along with it where its format has a place.

import type { tf } from '../../backend/tfjs/tensors.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import type { ExportedNetwork } from './exported-network.js';

/** Names the notes in a file, and marks the file as one that a later export may replace. */
export const EXPORT_FORMAT = 'cnnviz-export';

/** Where a file is written, under names that nobody sees. */
export interface ExportPlace {
  readonly path: string;
  /** for what is needed meanwhile */
  readonly scratch: string;
}

export interface ExportContent {
  readonly model: tf.LayersModel;
  /** the same as plain data */
  readonly network: ExportedNetwork;
  readonly notes: ExportNotes;
  /** absent where nobody knows it */
  readonly training?: ExportedTraining;
}

/** The content of `cnnviz.json` in a .keras file, of the attribute `cnnviz` of an HDF5 file, and so on. */
export interface ExportNotes {
  readonly format: typeof EXPORT_FORMAT;
  readonly formatVersion: 1;
  readonly cnnvizVersion: string;
  /** in the order of the network's classes; empty where nobody knows them */
  readonly classNames: readonly string[];
  readonly preprocessing: Preprocessing;
}

/** How a network was trained. */
export interface ExportedTraining {
  readonly optimizer: 'rmsprop' | 'adam' | 'adamw' | 'sgd';
  /** of the last epoch */
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly labelSmoothing: number;
  /** as many as the network has classes */
  readonly classCount: number;
}
