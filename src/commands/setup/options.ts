// The options of `setup`.

import type { SetupEvent } from '../../backend/native/provision/events.js';
import { file, toggle } from '../../options/kinds.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';

export const SETUP_OPTIONS = {
  /** file of the official wheel; absent: pip downloads it */
  from: file({ help: "TensorFlow's official wheel, for machines without a network" }),
  /** set up again even if it is already set up */
  force: toggle({ help: 'set up again even if it is already set up' }),
};

export interface SetupOptions extends OptionsOf<typeof SETUP_OPTIONS>, WorkflowOptions<SetupEvent> {}
