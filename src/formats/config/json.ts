// What is read of a configuration that anybody may have written.

import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';

export type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function requireObject(value: unknown, place: string, refuse: RefuseFile): Json {
  if (isObject(value)) return value;
  throw refuse(`${place}: expected an object, received ${describeValue(value)}`);
}

export function requireText(value: unknown, place: string, refuse: RefuseFile): string {
  if (typeof value === 'string') return value;
  throw refuse(`${place}: expected text, received ${describeValue(value)}`);
}

export function requireList(value: unknown, place: string, refuse: RefuseFile): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw refuse(`${place}: expected a list, received ${describeValue(value)}`);
}
