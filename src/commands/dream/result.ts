// What `dream` returns, and what its manifest holds.

import { formatAmount } from '../../base/counts.js';
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

/** `1,000 validation images` */
export function describeImages({ split, imageCount }: ComparedImages): string {
  return formatAmount(imageCount, split === null ? 'image' : `${split} image`);
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
  /** false: no step had a gradient, so that this is the picture of the start */
  began: boolean;
  /** the highest that any image reaches, each by itself; null where none were looked at */
  highest: Activation | null;
  /** whether its mean (or score) is above that of every image, and its largest value at least theirs; null where none were looked at */
  exceeds: boolean | null;
}
