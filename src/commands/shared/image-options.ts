// The arguments and options of commands that look at images one by one.

import type { LayerSelection } from '../../activations/select-layers.js';
import { requireInteger } from '../../base/arguments.js';
import { badArgument } from '../../base/errors.js';
import { texts } from '../../options/kinds.js';
import { defineKind, UnreadableText } from '../../options/option.js';

export const EXPECTED_IMAGES = 'at least one image file or folder';

const IMAGES = {
  argument: 'many',
  help: 'image files, or folders or .tar archives of them',
  expected: EXPECTED_IMAGES,
  completes: 'file',
} as const;

/** The images of a call. */
export const images = texts({ ...IMAGES, required: true });

/** The same of a command that can do without. */
export const optionalImages = texts(IMAGES);

const EXPECTED_LAYERS = 'a count, layer names or "all"';

/** Which layers. */
export const layerSelection = defineKind<LayerSelection>(() => ({
  parse: parseLayers,
  check(name, value) {
    if (typeof value === 'number') return requireInteger(name, value, 1);
    if (value === 'all' || (Array.isArray(value) && value.length > 0)) return;
    throw badArgument(name, EXPECTED_LAYERS, value);
  },
  schema: { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'array', items: { type: 'string' } }, { const: 'all' }] },
  placeholder: 'which',
}));

/** `8`, `all` or names such as `conv2d_1,conv2d_3`. */
function parseLayers(text: string): LayerSelection {
  if (text === 'all') return text;
  if (/^-?\d+$/.test(text)) return Number(text);
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new UnreadableText(EXPECTED_LAYERS);
  return names;
}
