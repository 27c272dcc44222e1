// `cnnviz export`.

import { basename } from 'node:path';
import { formatBytes, formatPath, formatShape } from '../../cli/format.js';
import type { Terminal } from '../../cli/terminal.js';
import type { Preprocessing } from '../../dataset/decode/preprocessing.js';
import { defineCommand } from '../terminal/command.js';
import { FORMATS } from './formats.js';
import type { ExportResult } from './index.js';
import { EXPORT_OPTIONS } from './options.js';

export const exportCommand = defineCommand({
  name: 'export',
  group: 'Use a network elsewhere',
  summary: 'write a network for Keras, TensorFlow, ONNX or a browser',
  description: 'Write a trained network for other programs, with its class names and preprocessing.',
  options: EXPORT_OPTIONS,
  run: async (options) => (await import('./index.js')).exportNetwork(options),
  show: showExport,
});

function showExport(result: ExportResult, terminal: Terminal): void {
  const { path, format, bytes, preprocessing } = result;
  terminal.print(`Saved: ${formatPath(path)} (${formatBytes(bytes)})`);
  terminal.print(`Input: ${describeInput(preprocessing)}`);
  terminal.print(`Output: ${describeOutput(result)}`);
  if (format === 'savedmodel' && preprocessing.autoOrient) {
    terminal.print('Rotation: the SavedModel does not follow EXIF orientation; rotate images before it gets them');
  }
  terminal.print(`Load: ${FORMATS[format].load(basename(path))}`);
}

/** `RGB, 150 x 150, resized by nearest, each byte times 1/255` */
function describeInput({ height, width, interpolation, fit, rescale, normalization, channels }: Preprocessing): string {
  const colors = channels === 1 ? 'gray' : channels === 4 ? 'RGBA' : (normalization?.order ?? 'rgb').toUpperCase();
  const fitting = { stretch: '', crop: 'cropped to the middle, ', pad: 'padded with black, ' }[fit ?? 'stretch'];
  const factor = rescale < 1 ? `1/${Number((1 / rescale).toPrecision(6))}` : String(rescale);
  const scaled = rescale === 1 ? 'bytes as they are' : `each byte times ${factor}`;
  const size = `${colors}, ${width} x ${height}, ${fitting}resized by ${interpolation}`;
  if (normalization === undefined) return `${size}, ${scaled}`;
  const { mean, deviation } = normalization;
  const divided = deviation.every((value) => value === 1) ? '' : `, divided by ${describeChannels(deviation)}`;
  return `${size}, ${scaled}, minus ${describeChannels(mean)}${divided}`;
}

/** `1`, or a number for each channel */
function describeChannels(values: readonly number[]): string {
  return new Set(values).size === 1 ? String(values[0]) : `(${values.join(', ')})`;
}

/** More names than these do not fit into a line. */
const namesAtMost = 10;

function describeOutput({ classNames, outputShape }: ExportResult): string {
  if (classNames.length === 0) return formatShape(outputShape);
  if (outputShape.at(-1) === 1) return `probability of ${classNames[1]}, else ${classNames[0]}`;
  const names = classNames.length > namesAtMost ? `${classNames.length} classes` : classNames.join(', ');
  return `probabilities of ${names}`;
}
