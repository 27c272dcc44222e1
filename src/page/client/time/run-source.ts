// Where the time view has a run from: the file, which holds all of it, or a server that follows it.

import type { RunState, TimeFrame } from '../../time/time-data.js';
import { find, readData } from '../dom.js';
import { connect } from './connection.js';

export interface RunSource {
  /** as the page came */
  readonly first: RunState;
  /** undefined where it cannot be had @throws Error where there is no server */
  readFrame(epoch: number): Promise<TimeFrame | undefined>;
  /** Calls with every later state, and when the server is lost (since when) or back (undefined). */
  follow(onState: (state: RunState) => void, onLost: (since: Date | undefined) => void): void;
}

export function openRunSource(section: HTMLElement): RunSource {
  const first = readData<RunState>(section, 'run-state');
  return 'live' in section.dataset ? openServer(first) : openFile(first, section);
}

function openFile(first: RunState, section: HTMLElement): RunSource {
  return {
    first,
    async readFrame(epoch) {
      return JSON.parse(find(section, `script.time-frame[data-epoch="${epoch}"]`).textContent) as TimeFrame;
    },
    follow: () => undefined,
  };
}

function openServer(first: RunState): RunSource {
  return {
    first,
    async readFrame(epoch) {
      const response = await fetch(`frames/${epoch}`);
      return response.ok ? ((await response.json()) as TimeFrame) : undefined;
    },
    follow: connect,
  };
}
