// The options of `compare`.

import type { LayerSelection } from '../../activations/select-layers.js';
import { choice, count, folder, text } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { colormapNames } from '../../rendering/colormap.js';
import type { WorkflowOptions } from '../shared/events.js';
import { layerSelection } from '../shared/image-options.js';
import { BACKEND_OPTIONS, NETWORK_CHOICE_OPTIONS, RUNNING_OPTIONS } from '../shared/model-options.js';
import { SPLIT_CHOICES } from '../shared/split-parts.js';

const { onBadImage } = RUNNING_OPTIONS;
const { model, weights } = NETWORK_CHOICE_OPTIONS;

export const COMPARE_OPTIONS = {
  /** an image, or a network: a run, an epoch of one (`RUN@12`), or a file of another program */
  a: text({
    required: true,
    argument: 'one',
    placeholder: 'a',
    help: 'an image, or a network: a run, one of its epochs (RUN@12), or a model file',
    expected: 'an image or a network',
    completes: 'file',
  }),
  /** another one of the same kind */
  b: text({
    required: true,
    argument: 'one',
    placeholder: 'b',
    help: 'the image or network to compare it with',
    expected: 'an image or a network',
    completes: 'file',
  }),
  ...section('Comparison', {
    /** what two networks are compared on: an image, or a folder of images */
    on: text({
      help: 'image or folder of images to compare two networks on',
      expected: 'an image or a folder of images',
      placeholder: 'path',
      completes: 'file',
    }),
    /** of a folder that is divided */
    split: choice(SPLIT_CHOICES, {
      help: 'images of a data folder to use (default: test, else validation, else all)',
      placeholder: 'part',
    }),
    /** the first N layers, layers by name, or "all"; default: every layer before Flatten, and for CKA those after it as well */
    layers: layerSelection({ help: 'number of layers, layer names or "all" (default: every layer before Flatten)' }),
    /** channels of a layer to draw: those that differ most; and images of which two networks differ most */
    count: count({ default: 16, min: 1, max: 200, help: 'number of channels of a layer, and of images, to show' }),
  }),
  ...section('Network', {
    /** what sees two images; default: runs/latest */
    model: { ...model, help: 'network that sees two images: a run, an epoch of one (RUN@12), or a model file' },
    weights,
  }),
  ...section('Images', {
    /** of a pass over a folder: what is computed does not depend on it but by rounding and chance; fewer where layers are large */
    batchSize: count({ default: 32, min: 4, max: 1024, help: 'images per batch, fewer where layers are large' }),
    onBadImage,
  }),
  ...section('Pictures', {
    colormap: choice(colormapNames, { default: 'viridis', help: 'colormap' }),
  }),
  ...section('Output', {
    /** results folder */
    out: folder({ default: 'comparison', help: 'results folder' }),
  }),
  ...BACKEND_OPTIONS,
};

export interface CompareOptions extends OptionsOf<typeof COMPARE_OPTIONS>, WorkflowOptions {
  layers?: LayerSelection;
}

/** Options with all defaults filled in. */
export type CompareSettings = CompareOptions & DefaultsOf<typeof COMPARE_OPTIONS>;
