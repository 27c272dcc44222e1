// `cnnviz serve`.

import type { LiveEvent } from '../../live/live-event.js';
import { toggle } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import { defineCommand } from '../terminal/command.js';
import type { EventDescribers } from '../terminal/event-line.js';
import { SERVE_OPTIONS } from './options.js';

const liveDescribers: EventDescribers<LiveEvent> = {
  live: ({ url }) => [{ kind: 'address', text: `Live: ${url}` }],
};

const SERVE_OPEN_OPTION = { open: toggle({ help: 'open the page in your browser' }) };

export const serveCommand = defineCommand({
  name: 'serve',
  group: 'Train',
  summary: 'watch a training in the browser',
  description:
    'Serve the page of a run on this computer, while the run is trained or later: curves, and what its layers made of the ' +
    'images of --probe after each epoch, down to single channels. Only someone with the printed address can read it. Ctrl-C ends it.',
  options: { ...SERVE_OPTIONS, ...section('Page', SERVE_OPEN_OPTION) },
  endsBySignal: true,
  describeEvents: () => liveDescribers,
  run: async (options) => (await import('./index.js')).serve(options),
  findAddress: (event) => (event.type === 'live' ? event.url : undefined),
});
