// What set-up reports, in lines of text and steps of the progress line.

import type { SetupEvent } from '../../backend/native/provision/events.js';
import { type EventDescribers, showProgress } from '../terminal/event-line.js';

const SETUP_STEPS: Record<Extract<SetupEvent, { type: 'setup-step' }>['step'], string> = {
  download: 'Downloading TensorFlow',
  verify: 'Checking the download',
  unpack: 'Unpacking the libraries',
  compile: 'Compiling the binding (about 10 s)',
  strip: 'Stripping the libraries',
  check: 'Testing it',
  cluster: 'Compiling and testing the addon for several machines',
};

export const setupDescribers: EventDescribers<SetupEvent> = {
  'setup-step': ({ step }) => [{ kind: 'note', text: SETUP_STEPS[step] }],
  'setup-waiting': ({ pid }) => [{ kind: 'note', text: `Waiting for process ${pid}, which is already setting up` }],
  'setup-without-cluster': ({ reason }) => [
    { kind: 'warning', text: `training on several machines will not work here, all else does: ${reason}` },
  ],
  'setup-progress': ({ step, doneBytes, totalBytes }) => [
    showProgress(step, Math.round(doneBytes / 1e6), Math.round(totalBytes / 1e6), 'MB'),
  ],
};
