/** The workers of a cluster, and which one this process is. */
export interface Membership {
  /** HOST:PORT of each; the first one writes the run */
  addresses: readonly string[];
  index: number;
}
