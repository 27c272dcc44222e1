import * as v from 'valibot';
import type { Refuse } from './read-file.js';

// What all schemas of files have in common. A schema's messages are what was expected, in words.

type Schema = v.GenericSchema<unknown, unknown>;

/**
 * A file's content, as its schema has it.
 *
 * @throws what `refuse` makes of the first field that differs: `preprocessing.height: expected a whole number from 1 to
 * 4096, received null`
 */
export function checkContent<S extends Schema>(schema: S, content: unknown, refuse: Refuse): v.InferOutput<S> {
  const result = v.safeParse(schema, content, { abortEarly: true });
  if (result.success) return result.output;
  throw refuse(describeIssue(result.issues[0]));
}

/**
 * Makes sure of a file's format before its schema is asked. What an earlier version wrote is read.
 *
 * @param expected what such a file is called
 * @throws what `refuse` makes of another format, or of a version that only a later cnnviz knows
 */
export function checkFormat(
  content: unknown,
  { format, version, expected }: { format: string; version: number; expected: string },
  refuse: Refuse,
): void {
  const found = typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
  if (found.format !== format) throw refuse(`expected ${expected}, found another file`);
  const given = found.formatVersion;
  if (!isWhole(given, 1, Number.MAX_SAFE_INTEGER)) {
    throw refuse(`formatVersion: expected a whole number of at least 1, received ${describeValue(given)}`);
  }
  if (given > version) {
    throw refuse(`expected ${expected} of version ${version} or below, found version ${given}: update cnnviz`);
  }
}

export const text = v.string('text');
export const flag = v.boolean('true or false');
export const finiteNumber = v.custom<number>(Number.isFinite, 'a number');
/** NaN and infinity are null in JSON. */
export const numberOrNan = v.pipe(
  v.custom<number | null>((value) => value === null || Number.isFinite(value), 'a number or null'),
  v.transform((value) => value ?? Number.NaN),
);

export function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER) {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  return v.custom<number>((value) => isWhole(value, min, max), `a whole number ${range}`);
}

export function numberFrom(min: number, max: number) {
  const isInside = (value: unknown) => typeof value === 'number' && value >= min && value <= max;
  return v.custom<number>(isInside, `a number from ${min} to ${max}`);
}

export function oneOf<const Choices extends readonly (string | number)[]>(choices: Choices) {
  return v.picklist(choices, `one of ${choices.join(', ')}`);
}

/** A list of plain values, which can be very long: it is looked at and not copied. */
export function plainList<T>(isItem: (value: unknown) => value is T, expected: string) {
  return v.custom<T[]>((value) => Array.isArray(value) && value.every(isItem), expected);
}

export const textList = plainList((value) => typeof value === 'string', 'a list of strings');

export function list<S extends Schema>(item: S) {
  return v.array(item, 'a list');
}

/** An object with these fields; others are kept as they are, since later versions may add some. */
export function fields<Fields extends v.ObjectEntries>(entries: Fields) {
  return v.looseObject(entries, 'an object');
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue);
  if (place !== null && issue.input === undefined) return `${place} is missing`;
  return `${place === null ? '' : `${place}: `}expected ${issue.message}, received ${describeValue(issue.input)}`;
}

/** A value in a few words. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const words = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return words.length > 60 ? `${words.slice(0, 57)}...` : words;
}

/** A name that leads out of no folder. */
export const fileName = v.pipe(v.string('text'), v.regex(/^[\w-][\w.-]*$/, 'the name of a file in this folder'));
