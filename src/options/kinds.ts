// The kinds of options that several commands have.

import { requireFlag, requireInteger, requireOneOf, requireText } from '../base/arguments.js';
import { badArgument } from '../base/errors.js';
import { type NumberRange, parseNumber, parseWhole, rangeSchema, requireInRange } from './numbers.js';
import { defineKind, type Entry, type Option } from './option.js';

/** A whole number, of at least 0 unless it says otherwise. */
export const count = defineKind<number, { min?: number; max?: number }>(({ min = 0, max }) => ({
  parse: parseWhole,
  check: (name, value) => requireInteger(name, value as number, min, max),
  schema: { type: 'integer', minimum: min, ...(max !== undefined && { maximum: max }) },
  placeholder: 'count',
}));

/** What decides random numbers. */
export const seed = defineKind<number>(() => ({
  parse: parseWhole,
  check: (name, value) => requireInteger(name, value as number, 0, 2 ** 32 - 1),
  schema: { type: 'integer', minimum: 0, maximum: 2 ** 32 - 1 },
  placeholder: 'number',
}));

/** A number in a range. */
export const number = defineKind<number, NumberRange>((range) => ({
  parse: parseNumber,
  check: (name, value) => requireInRange(name, value, range),
  schema: rangeSchema(range),
  placeholder: 'number',
}));

/** Yes or no: a flag without a value. */
export const toggle = defineKind<boolean>(() => ({ check: requireFlag, schema: { type: 'boolean' } }));

/** Text that is not empty. */
export const text = defineKind<string, { expected: string }>(({ expected }) => ({
  parse: (value) => value,
  check: (name, value) => requireText(name, value, expected),
  schema: { type: 'string', minLength: 1 },
  placeholder: 'text',
}));

/** The path of a folder. */
export const folder = defineKind<string, { expected?: string }>(({ expected = 'a folder' }) => ({
  parse: (value) => value,
  check: (name, value) => requireText(name, value, expected),
  schema: { type: 'string', minLength: 1 },
  placeholder: 'dir',
  completes: 'folder',
}));

/** The path of a file. */
export const file = defineKind<string, { expected?: string }>(({ expected = 'a file' }) => ({
  parse: (value) => value,
  check: (name, value) => requireText(name, value, expected),
  schema: { type: 'string', minLength: 1 },
  placeholder: 'file',
  completes: 'file',
}));

/** Several texts, one at least. */
export const texts = defineKind<readonly string[], { expected: string }>(({ expected }) => ({
  parse: (value, previous = []) => [...previous, value],
  check: (name, value) => {
    if (Array.isArray(value) && value.length === 0) throw badArgument(name, expected, 'none');
    if (Array.isArray(value) && value.includes('')) throw badArgument(name, expected, '');
    const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
    if (!isList) throw badArgument(name, expected, value);
  },
  schema: { type: 'array', items: { type: 'string' }, minItems: 1 },
}));

/** `Grad-CAM` is as good as `gradcam`. */
function simplify(name: string): string {
  return name.toLowerCase().replaceAll('-', '');
}

/** One of a few names or several of them, `a,b` on the command line. */
export function choices<const Name extends string>(
  names: readonly Name[],
  entry: Entry<NoInfer<Name> | readonly NoInfer<Name>[]> & { default: NoInfer<Name> },
): Option<Name | readonly Name[], 'default'> {
  const one = choice(names, { help: entry.help });
  const parse = (value: string) => one.parse?.(value.trim()) as Name;
  return {
    parse: (value) => (value.includes(',') ? value.split(',').map(parse) : parse(value)),
    check(name, value, settings) {
      if (Array.isArray(value) && value.length === 0) throw badArgument(name, `some of ${names.join(', ')}`, 'none');
      for (const each of Array.isArray(value) ? value : [value]) one.check(name, each, settings);
    },
    schema: { anyOf: [{ enum: names }, { type: 'array', items: { enum: names }, minItems: 1 }] },
    choices: names,
    placeholder: 'name',
    ...entry,
  };
}

/** One of a few names. */
export function choice<const Name extends string>(
  names: readonly Name[],
  entry: Entry<NoInfer<Name>> & { default: NoInfer<Name> },
): Option<Name, 'default'>;
export function choice<const Name extends string>(
  names: readonly Name[],
  entry: Entry<NoInfer<Name>> & { required: true },
): Option<Name, 'required'>;
export function choice<const Name extends string>(
  names: readonly Name[],
  entry: Entry<NoInfer<Name>>,
): Option<Name, 'optional'>;
export function choice<const Name extends string>(names: readonly Name[], entry: Entry<Name>): Option<Name> {
  return {
    parse: (value) => (names.find((name) => simplify(name) === simplify(value)) ?? value) as Name,
    check: (name, value) => requireOneOf(name, value as string, names),
    schema: { enum: names },
    choices: names,
    placeholder: 'name',
    ...entry,
  };
}
