// The options of `setup`.

import type { SetupEvent } from '../../backend/native/provision/events.js';
import { badArgument } from '../../base/errors.js';
import { file, toggle } from '../../options/kinds.js';
import { defineKind } from '../../options/option.js';
import type { OptionsOf } from '../../options/option-types.js';
import type { WorkflowOptions } from '../shared/events.js';

const checksum = defineKind<string>(() => ({
  parse: (value) => value,
  check(name, value) {
    if (typeof value !== 'string' || !/^[0-9a-f]{64}$/i.test(value)) {
      throw badArgument(name, 'a SHA-256, 64 hexadecimal digits', value);
    }
  },
  schema: { type: 'string', pattern: '^[0-9a-fA-F]{64}$' },
  placeholder: 'hex',
}));

export const SETUP_OPTIONS = {
  /** file of the official wheel; absent: pip downloads it */
  from: file({ help: "TensorFlow's official wheel, for machines without a network or with NVIDIA's GPUs" }),
  /** SHA-256 of the wheel, in hexadecimal, where cnnviz does not know it */
  sha256: checksum({ help: "the wheel's checksum, where cnnviz does not know it" }),
  /** set up again even if it is already set up */
  force: toggle({ help: 'set up again even if it is already set up' }),
};

export interface SetupOptions extends OptionsOf<typeof SETUP_OPTIONS>, WorkflowOptions<SetupEvent> {}
