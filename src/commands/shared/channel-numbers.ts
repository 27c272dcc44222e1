// The option of commands that take numbers of channels.

import { requireInteger } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import { parseRanges } from '../../options/numbers.js';
import { defineKind } from '../../options/option.js';

/** Numbers from 0: `6,15` or `6-15`. */
export const channelNumbers = defineKind<readonly number[]>(() => ({
  parse: parseRanges,
  check(name, value) {
    if (!Array.isArray(value)) throw badArgument(name, 'channel numbers such as 6,15 or 6-15', value);
    for (const channel of value) requireInteger(name, channel, 0);
  },
  schema: { type: 'array', items: { type: 'integer', minimum: 0 } },
  placeholder: 'numbers',
}));
