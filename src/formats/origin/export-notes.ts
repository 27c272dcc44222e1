// What `cnnviz export` writes into a file of Keras besides the network.

import { isObject } from '../config/json.js';
import type { NetworkDefinition } from '../network-definition.js';
import type { NetworkOrigin } from '../network-file.js';
import { countOutputs, fitsOutputs } from './count-classes.js';

const SOURCE = 'cnnviz, which exported it';

/** Nothing where there are no such notes, or others than those of this network. @param notes as the file has them */
export function readExportNotes(notes: unknown, definition: NetworkDefinition): NetworkOrigin {
  if (!isObject(notes) || notes.format !== 'cnnviz-export') return {};
  const { classNames, preprocessing } = notes;
  const convention = findConvention(preprocessing);
  return {
    ...(isNames(classNames) &&
      fitsOutputs(classNames.length, countOutputs(definition)) && {
        classNames: { value: classNames, source: SOURCE },
      }),
    ...(convention && { convention: { value: convention, source: SOURCE } }),
    ...(isObject(preprocessing) && preprocessing.fit === 'crop' && { fit: { value: 'crop', source: SOURCE } }),
  };
}

function isNames(value: unknown): value is string[] {
  const isText = (name: unknown) => typeof name === 'string' && name !== '';
  return Array.isArray(value) && value.length > 0 && value.every(isText) && new Set(value).size === value.length;
}

/** Of those that are not what is assumed of a network of which nothing is known. */
function findConvention(preprocessing: unknown): 'signed' | 'raw' | undefined {
  if (!isObject(preprocessing)) return undefined;
  const { rescale, normalization } = preprocessing;
  if (normalization === undefined) return rescale === 1 ? 'raw' : undefined;
  const { mean, deviation } = isObject(normalization) ? normalization : {};
  const areOnes = [mean, deviation].every((each) => Array.isArray(each) && each.every((value) => value === 1));
  return areOnes && rescale === 1 / 127.5 ? 'signed' : undefined;
}
