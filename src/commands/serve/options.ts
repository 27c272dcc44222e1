// The options of `serve`, and what comes of it.

import type { LiveEvent } from '../../live/live-event.js';
import { count, text } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';

export const SERVE_OPTIONS = section('Page', {
  /** a run that is trained, or that was; the latest: one that has just begun comes first */
  run: text({
    default: 'runs/latest',
    argument: 'one',
    help: 'run to watch, while it is trained or later',
    expected: 'a run folder',
    placeholder: 'run',
    completes: 'run',
  }),
  /** on 127.0.0.1; 0: any that is free */
  port: count({ default: 0, max: 65_535, help: 'port on this computer (0: any that is free)', placeholder: 'number' }),
});

export interface ServeOptions extends OptionsOf<typeof SERVE_OPTIONS>, WorkflowOptions<LiveEvent> {}

export interface ServeResult {
  /** the run's folder, absolute */
  path: string;
  /** where its page was */
  url: string;
}

/** Options with all defaults filled in. */
export type ServeSettings = ServeOptions & DefaultsOf<typeof SERVE_OPTIONS>;

export type { LiveEvent };
