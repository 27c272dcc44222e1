// What the manifest of a comparison says of where its numbers come from.

import { readVersions } from '../shared/versions.js';
import type { CompareSettings } from './options.js';
import type { Side } from './sides.js';

export function describeProvenance(sides: readonly [Side, Side], settings: CompareSettings): object {
  const { onEvent: _, signal: __, backend: ___, model, ...common } = settings;
  // Two networks are `a` and `b`: the default of `model` would name a third one.
  const options = settings.on === undefined ? { ...common, model } : common;
  const { name, version, threads } = sides[0].trained.backend;
  return {
    ...{ format: 'cnnviz-comparison', formatVersion: 1, versions: readVersions() },
    backend: { name, version, threads },
    models: sides.map(({ trained }) => trained.place),
    preprocessing: sides.map(({ trained }) => trained.preprocessing),
    options,
  };
}
