import { contestant, peer, script } from '../contestant.js';
import { type Metric, PEAK_MB, type Scenario } from '../scenario.js';

const TENSORFLOW = 'TensorFlow, many in a call';
const CPU: Metric = { key: 'cpuMs', label: 'CPU ms an image', digits: 2 };
const WALL: Metric = { key: 'wallMs', label: 'wall ms an image', digits: 2 };

/** What both decoders, and the peer's, need for one image. */
export const decode: Scenario = {
  name: 'decode',
  title: 'Decoding a folder of JPEGs',
  isolates:
    'Reading and decoding the 1,000 images of the test folder at 150 x 150, in batches of 32, a second time in the same ' +
    "process. Both of cnnviz's decoders give Pillow's pixels; Keras's takes the fast inverse transform, which does not.",
  metrics: [CPU, WALL, PEAK_MB],
  contestants: [
    contestant(TENSORFLOW, ({ photographs }) => [script('decode'), 'native', `${photographs}/test`]),
    contestant('sharp', ({ photographs }) => [script('decode'), 'sharp', `${photographs}/test`]),
    contestant('Keras', ({ photographs }) => [peer('keras_decode'), `${photographs}/test`]),
  ],
  comparisons: [
    { metric: 'cpuMs', of: TENSORFLOW, against: ['sharp'], label: 'CPU', target: 0.5 },
    { metric: 'wallMs', of: TENSORFLOW, against: ['sharp'], label: 'wall' },
    { metric: 'cpuMs', of: TENSORFLOW, against: ['Keras'], label: 'CPU' },
  ],
};
