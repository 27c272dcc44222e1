import type { Cluster } from '../../cluster/cluster.js';
import type { ProbeImages } from '../../film/probe-images.js';
import type { EventListener } from '../shared/events.js';
import type { TrainingEvent } from './events.js';
import type { Handout } from './join-cluster.js';
import type { OpenedBase } from './open-base.js';
import type { ResumedRun } from './resume.js';
import type { StartingPoint } from './run-options.js';
import type { TrainSettings } from './settings.js';
import type { TrainingData } from './training-data.js';

/** One call of `train`: a run that begins, or that goes on. */
export interface TrainingTask {
  settings: TrainSettings;
  data: TrainingData;
  /** the run's */
  folder: string;
  /** when the run began, ISO 8601 */
  startedAt: string;
  onEvent: EventListener<TrainingEvent>;
  /** absent for a new run */
  resumed?: ResumedRun;
  /** whose weights a new run starts from; absent: random ones */
  start?: StartingPoint | undefined;
  /** looked at after every epoch; absent: no film is kept */
  probe?: ProbeImages | undefined;
  /** the film has the few layers that a page shows; else every layer before Flatten */
  isFilmBrief?: boolean;
  /** the workers that train this together; absent: this process alone */
  cluster?: Cluster | undefined;
  /** of a run that goes on, for a worker that does not have its folder */
  handout?: Handout;
  /** what a new run puts a head on */
  base?: OpenedBase | undefined;
}
