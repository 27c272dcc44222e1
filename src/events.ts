// Every event of every command, for a listener that takes them all.

import type { SetupEvent } from './backend/native/provision/events.js';
import type { LayerEvent } from './commands/activations/events.js';
import type { DreamEvent } from './commands/dream/events.js';
import type { KernelsEvent } from './commands/kernels/events.js';
import type { SharedEvent } from './commands/shared/events.js';
import type { PlacedEvent } from './commands/split/events.js';
import type { TrainingEvent } from './commands/train/events.js';
import type { LiveEvent } from './live/live-event.js';

/** What commands report of their work while it goes on. One object is one line of `--json`: plain data only. */
export type WorkflowEvent =
  | SharedEvent
  | TrainingEvent
  | LiveEvent
  | LayerEvent
  | KernelsEvent
  | DreamEvent
  | PlacedEvent
  | SetupEvent;
