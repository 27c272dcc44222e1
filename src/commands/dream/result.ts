// What `dream` returns, and what its manifest holds.

import type { Activation } from '../../dream/ascent.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';

export interface DreamResult {
  folder: string;
  model: TrainedNetwork['place'];
  /** what the highest activations were looked for in; null: nothing */
  comparedWith: ComparedImages | null;
  /** those of earlier calls that are kept, too; layers in the network's order, channels in theirs, then classes */
  dreams: Dream[];
  /** of `dreams`, how many were made by this call */
  madeCount: number;
  /** every file in the folder */
  files: string[];
}

/** Images that dreams are compared with. */
export interface ComparedImages {
  /** of the folder */
  path: string;
  split: string | null;
  imageCount: number;
}

/** A picture that makes a channel fire, or a class's score high. */
export interface Dream {
  /** null for a class */
  layer: string | null;
  /** of the channel, from 0, or of the class */
  index: number;
  /** of a class, where it has one */
  className?: string;
  /** the picture */
  file: string;
  /** where asked for: the network's input of it */
  npy?: string;
  /** what the network makes of the picture, as whole numbers of 0..255; with `plain` before its contrast is stretched */
  reached: Activation;
  /** the highest that any image reaches, each by itself; null where none were looked at */
  highest: Activation | null;
  /** whether it reaches more than any image, in the mean and in the largest value; null where none were looked at */
  exceeds: boolean | null;
}
