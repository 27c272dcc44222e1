/** Where a contestant finds things. */
export interface Place {
  /** folder with train, validation and test, each with class folders */
  photographs: string;
  /** a trained run of cnnviz, and the same weights for Keras */
  trained: { run: string; keras: string };
  /** folder with networks of keras.applications as .keras files, where the peers take part */
  applications: string;
  /** Python with the peers, absent when they do not take part */
  python: string | undefined;
  /** an empty folder, this run's own */
  scratch: string;
}

/** One program that does a scenario's work. Each round starts it in a process of its own. */
export interface Contestant {
  name: string;
  /**
   * program and arguments; a `.js` or `.py` file is run by the matching interpreter under the usage hook, and a `.js` file by
   * the Node before it, if there is one
   */
  command(place: Place): string[];
}

/** A number of a run. The process may print its own; `cpuMs`, `wallMs` and `peakMB` of the whole process are always there. */
export interface Metric {
  key: string;
  label: string;
  digits: number;
}

/** One ratio to report: `of` against the best of `against`, by this metric. */
export interface Comparison {
  metric: string;
  of: string;
  against: string[];
  label: string;
  /** to be reached, where there is one */
  target?: number;
}

/** Work that several contestants do, measured in interleaved rounds. */
export interface Scenario {
  name: string;
  title: string;
  /** what this scenario isolates, and what it leaves out */
  isolates: string;
  /** uses Place.trained */
  needsTrained?: true;
  /** uses Place.applications: left out without the peers */
  needsApplications?: true;
  /** measured only where --only names it */
  onRequest?: true;
  /** left out where the processor has no AMX */
  needsAmx?: true;
  metrics: Metric[];
  contestants: Contestant[];
  comparisons: Comparison[];
}

export const CPU_MS: Metric = { key: 'cpuMs', label: 'CPU ms', digits: 0 };
export const WALL_MS: Metric = { key: 'wallMs', label: 'wall ms', digits: 0 };
export const CPU_S: Metric = { key: 'cpuS', label: 'CPU s', digits: 2 };
export const WALL_S: Metric = { key: 'wallS', label: 'wall s', digits: 2 };
export const PEAK_MB: Metric = { key: 'peakMB', label: 'peak MB', digits: 0 };
