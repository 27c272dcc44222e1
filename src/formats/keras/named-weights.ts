// The names of the weights of a .h5 file, which are attributes of its groups.

import { describeValue } from '../../disk/schema.js';
import type { RefuseFile } from '../bad-model.js';
import type { Hdf5File } from '../storage/hdf5-file.js';
import type { StoredWeight } from '../weights/weight-groups.js';

/** @param group that holds those of the layers; empty for the file itself */
export function listNamedWeights(
  file: Hdf5File,
  group: string,
  refuse: RefuseFile,
): (StoredWeight & { holder: string; place: string })[] {
  const within = (...names: string[]) => [group, ...names].filter((name) => name !== '').join('/');
  return readNames(file, group, 'layer_names', refuse).flatMap((holder) =>
    readNames(file, within(holder), 'weight_names', refuse).map((name) => ({
      holder,
      name,
      place: within(holder, name),
    })),
  );
}

/** Keras spreads a list that is too long for one attribute over several: `weight_names0`, `weight_names1`. */
function readNames(file: Hdf5File, group: string, name: string, refuse: RefuseFile): string[] {
  const whole = file.attribute(group, name);
  if (whole !== undefined) return checkNames(whole, group, name, refuse);
  const names: string[] = [];
  for (let number = 0; ; number++) {
    const part = file.attribute(group, `${name}${number}`);
    if (part === undefined) return names;
    names.push(...checkNames(part, group, name, refuse));
  }
}

function checkNames(value: unknown, group: string, name: string, refuse: RefuseFile): string[] {
  const list = ArrayBuffer.isView(value) && value.byteLength === 0 ? [] : value; // an empty list has no type
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  throw refuse(`its ${name} of ${describeValue(group)}: expected a list of names`);
}
