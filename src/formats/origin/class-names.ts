// Lists of class names, in the forms in which they lie beside networks.

import { parseJson } from '../../disk/read-file.js';
import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import { isObject } from '../config/json.js';

/** The largest sets of classes in use have some 22,000. */
const classesAtMost = 100_000;

/**
 * Reads class names; index = class index. Knows a name a line (also `0 cat`), a JSON list, Keras's `class_indices` (name to
 * number), number to name, `imagenet_class_index.json` (number to id and name), and the `labels` of Teachable Machine.
 *
 * @param refuse for the list's own path
 * @throws what `refuse` makes of what is no list of names
 */
export function readClassNames(text: Buffer, refuse: RefuseFile): string[] {
  const isJson = /^\s*[[{]/.test(text.toString('utf8', 0, 200).replace(/^\uFEFF/, ''));
  const names = isJson ? readJsonNames(text, refuse) : readLines(text);
  if (names.length === 0) throw refuse('it has no names of classes');
  if (names.length > classesAtMost) throw refuse(`it names more than ${classesAtMost} classes`);
  const double = findDouble(names);
  if (double !== undefined) throw refuse(`two of its classes are called ${describeValue(double)}`);
  return names;
}

function readLines(text: Buffer): string[] {
  const lines = text
    .toString()
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const isNumbered = lines.every((line, index) => new RegExp(`^${index}[\\s:,]`).test(line));
  return isNumbered ? lines.map((line) => line.replace(/^\d+[\s:,]\s*/, '')) : lines;
}

function readJsonNames(text: Buffer, refuse: RefuseFile): string[] {
  const json = parseJson(text, (reason, cause) => refuse(reason, { cause }));
  const content = isObject(json) ? (json.labels ?? json) : json;
  if (Array.isArray(content)) return content.map((name) => requireName(name, refuse));
  const entries = Object.entries(content as object);
  if (entries.length > classesAtMost) throw refuse(`it names more than ${classesAtMost} classes`);
  const isNameFirst = entries.length > 0 && entries.every(([, value]) => typeof value === 'number');
  const numbered = entries.map(([key, value]): [number, unknown] =>
    isNameFirst ? [value, key] : [Number(key), value],
  );
  numbered.sort(([a], [b]) => a - b);
  if (numbered.some(([number], index) => number !== index)) {
    throw refuse('expected its classes to be numbered from 0 without a gap');
  }
  return nameDoubles(numbered.map(([, name]) => name)).map((name) => requireName(name, refuse));
}

/** ImageNet has two classes `crane` and two `maillot`: their ids distinguish them. */
function nameDoubles(values: readonly unknown[]): unknown[] {
  const isPair = (value: unknown): value is [string, string] => Array.isArray(value) && value.length === 2;
  if (!values.every(isPair)) return [...values];
  const counts = new Map<string, number>();
  for (const [, name] of values) counts.set(name, (counts.get(name) ?? 0) + 1);
  return values.map(([id, name]) => (counts.get(name) === 1 ? name : `${name} (${id})`));
}

function findDouble(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}

function requireName(name: unknown, refuse: RefuseFile): string {
  if (typeof name === 'string' && name.trim() !== '') return name;
  throw refuse(`expected the name of a class, found ${describeValue(name)}`);
}
