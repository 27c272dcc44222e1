// Classes as an option that can be repeated.

import { requireInteger, requireText } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import type { ClassChoice } from '../../explain/targets.js';
import { defineKind } from '../../options/option.js';

/** By name, or by number from 0. */
export const classChoices = defineKind<readonly ClassChoice[]>(() => ({
  parse: (value, previous = []) => [...previous, value],
  check(name, value) {
    if (!Array.isArray(value)) throw badArgument(name, 'classes by name or number', value);
    for (const one of value) {
      if (typeof one === 'number') requireInteger(name, one, 0);
      else requireText(name, one, 'a class by name or number');
    }
  },
  schema: { type: 'array', items: { type: ['string', 'integer'] } },
  placeholder: 'name',
}));
