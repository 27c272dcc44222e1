// What `cnnviz export` writes into a file, or beside it, besides the network.

import { FITS, INTERPOLATIONS } from '../../dataset/decode/preprocessing.js';
import { isObject } from '../config/json.js';
import type { NetworkDefinition } from '../network-definition.js';
import type { ImageHandling, NetworkOrigin } from '../network-file.js';
import { countOutputs, fitsOutputs } from './count-classes.js';

const SOURCE = 'cnnviz, which exported it';

/** Nothing where there are no such notes, or others than those of this network. @param notes as the file has them */
export function readExportNotes(notes: unknown, definition: NetworkDefinition): NetworkOrigin {
  if (!isObject(notes) || notes.format !== 'cnnviz-export') return {};
  const { classNames = notes.labels } = notes; // a page that runs TensorFlow.js looks for `labels`
  const handling = readHandling(notes.preprocessing);
  return {
    ...(isNames(classNames) &&
      fitsOutputs(classNames.length, countOutputs(definition)) && {
        classNames: { value: classNames, source: SOURCE },
      }),
    ...(handling && { handling: { value: handling, source: SOURCE } }),
  };
}

function isNames(value: unknown): value is string[] {
  const isText = (name: unknown) => typeof name === 'string' && name !== '';
  return Array.isArray(value) && value.length > 0 && value.every(isText) && new Set(value).size === value.length;
}

/** All of it, or nothing. */
function readHandling(value: unknown): ImageHandling | undefined {
  if (!isObject(value)) return undefined;
  const { interpolation, autoOrient, rescale, normalization, fit = 'stretch' } = value;
  const scaling = normalization === undefined ? {} : readNormalization(normalization);
  const isKnown =
    INTERPOLATIONS.includes(interpolation as never) && FITS.includes(fit as never) && typeof autoOrient === 'boolean';
  if (!isKnown || !isNumber(rescale) || rescale === 0 || scaling === undefined) return undefined;
  return { interpolation, autoOrient, rescale, ...scaling, ...(fit !== 'stretch' && { fit }) } as ImageHandling;
}

function readNormalization(value: unknown): Pick<ImageHandling, 'normalization'> | undefined {
  if (!isObject(value)) return undefined;
  const { order, mean, deviation } = value;
  const isOrder = order === 'rgb' || order === 'bgr';
  if (!isOrder || !isNumbers(mean) || !isNumbers(deviation) || deviation.includes(0)) return undefined;
  return { normalization: { order, mean, deviation } };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isNumbers = (value: unknown): value is [number, number, number] =>
  Array.isArray(value) && value.length === 3 && value.every(isNumber);
