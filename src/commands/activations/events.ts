import type { RankingMeasure } from '../../activations/rank-channels.js';

/** What `activations` reports besides what every command may: a layer that was shown. */
export interface LayerEvent {
  type: 'layer';
  name: string;
  shape: number[];
  /** channels that are 0 everywhere */
  zeroCount: number;
  /** channels with NaN or infinity in them */
  nonFiniteCount: number;
  /** in words */
  rankedBy?: string;
  by?: RankingMeasure;
  /** the strongest channels, where they were ranked */
  top?: { channel: number; value: number }[];
}
