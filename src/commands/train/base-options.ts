// Training on a network that somebody has trained before: which, how much of it, and what it gets to see.

import { badArgument } from '../../base/errors.js';
import { text } from '../../options/kinds.js';
import { parseWhole } from '../../options/numbers.js';
import { type Behavior, defineKind, section } from '../../options/option.js';
import { INPUT_OPTIONS } from '../shared/model-options.js';

/** What of the base is trained: nothing, everything, or its last N layers. */
export type Trainable = 'none' | 'all' | `last:${number}`;

const expected = 'none, all or last:N';

const trainablePart = defineKind<Trainable>(() => ({
  parse: (value) => value as Trainable,
  check(name, value) {
    const [, count] = /^last:([1-9]\d{0,4})$/.exec(String(value)) ?? [];
    if (value !== 'none' && value !== 'all' && count === undefined) throw badArgument(name, expected, value);
  },
  schema: { type: 'string', pattern: '^(none|all|last:[1-9][0-9]{0,4})$' },
  placeholder: 'what',
  completes: ['none', 'all', 'last:20'],
}));

/** How many of so many layers are trained, from the end. */
export function countTrainable(trainable: Trainable, layerCount: number): number {
  if (trainable === 'none') return 0;
  return trainable === 'all' ? layerCount : Math.min(layerCount, parseWhole(trainable.slice('last:'.length)));
}

type Checked = Pick<Behavior<unknown>, 'check'>;

/** The check of an option that says nothing without a base. */
function withBase({ check }: Checked): Checked {
  return {
    check(name, value, settings) {
      check(name, value, settings);
      if (settings.base === undefined) throw badArgument(name, '--base together with it', value);
    },
  };
}

const heading = 'Base network';
const part = {
  help: 'layers of the base to train as well: none, all or last:N (default: none)',
};
const layer = {
  help: 'layer of the base after which the new head comes (default: the last one with maps)',
  expected: 'the name of a layer',
  placeholder: 'layer',
};
const { preprocess, fit } = INPUT_OPTIONS;

export const BASE_OPTIONS = section(heading, {
  /** a trained network: its layers up to the last maps are taken over, and get a new head for the classes of the images */
  base: text({
    help: 'put a new head on a trained network: a run, or one of Keras, TensorFlow.js or Teachable Machine',
    expected: 'a run folder or a model file',
    placeholder: 'path',
    completes: 'run',
  }),
  /** `none`: only the head is trained; `last:20`: the last 20 layers of the base too. Its batch normalization stays as it is */
  trainable: trainablePart({ ...part, ...withBase(trainablePart(part)) }),
  /** by its name, or the end of it behind a slash */
  cut: text({ ...layer, ...withBase(text(layer)) }),
  /** what becomes of the bytes of a pixel; default: as the file of the base says, or its first batch normalization shows */
  preprocess: {
    ...preprocess,
    ...withBase(preprocess),
    help: 'pixel values of the base: unit 0..1, signed -1..1, caffe BGR less means, torch, raw 0..255 (default: as it says)',
  },
  /** how images get the proportions of the input; default: as the file of the base says, or stretch */
  fit: { ...fit, ...withBase(fit), help: 'stretch images, crop their middle or pad them (default: as the base says)' },
});
