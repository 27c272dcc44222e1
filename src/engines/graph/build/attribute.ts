import type { Attribute } from '../../../backend/native/saved-model.js';
import type { BuiltNode } from './graph-builder.js';

type Kind = Attribute extends infer Each ? (Each extends Attribute ? keyof Each : never) : never;
type Value<K extends Kind> = Extract<Attribute, Record<K, unknown>>[K];

/** An attribute of a node, such as its `strides`, by its kind; undefined where it has none. */
export function attribute<K extends Kind>({ attributes }: BuiltNode, name: string, kind: K): Value<K> | undefined {
  const found = attributes[name];
  return found !== undefined && kind in found ? (found as unknown as Record<K, Value<K>>)[kind] : undefined;
}
