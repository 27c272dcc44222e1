import type { OpenedNetwork } from '../network-file.js';

/** A network, and the folder in which more about it may lie. */
export interface Opened {
  readonly network: OpenedNetwork;
  readonly folder: string;
}
