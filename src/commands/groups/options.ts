// The options of `groups`.

import { GROUP_COLORS } from '../../groups/group-colors.js';
import { count, folder, seed } from '../../options/kinds.js';
import { section } from '../../options/option.js';
import type { DefaultsOf, OptionsOf } from '../../options/option-types.js';
import { resolveOptions } from '../../options/resolve.js';
import { IMAGE_FOLDER_OPTIONS, otherClasses } from '../channels/folder-options.js';
import type { WorkflowOptions } from '../shared/events.js';
import { layerSelection } from '../shared/image-options.js';
import {
  BACKEND_OPTIONS,
  INPUT_OPTIONS,
  type InputOptions,
  type ModelOptions,
  NETWORK_CHOICE_OPTIONS,
  OUTPUT_OPTIONS,
  type OutputOptions,
  RUNNING_OPTIONS,
} from '../shared/model-options.js';

export const GROUPS_OPTIONS = {
  ...IMAGE_FOLDER_OPTIONS,
  ...section('Images', {
    /** take a folder with classes that the network's run does not have; the result then never becomes the run's own */
    allowOtherClasses: otherClasses('use images of', 'groups'),
    /** how many images the groups are painted on, spread evenly over the folder */
    images: count({ default: 8, min: 1, max: 100, help: 'paint the groups on N images of the folder' }),
  }),
  ...section('Groups', {
    /** the first N layers, layers by name, or "all" that have maps; default: the last one with maps that ends in a relu */
    layers: layerSelection({
      help: 'number of layers, layer names or "all" (default: the last one with maps that ends in a relu)',
    }),
    /** groups of each layer: no more than there are colors that everybody can distinguish */
    groups: count({ default: 6, min: 1, max: GROUP_COLORS.length, help: 'number of groups of each layer' }),
    /** patches of each group, of as many images */
    count: count({ default: 9, min: 1, max: 100, help: 'patches of each group, at most one of an image' }),
    seed: seed({
      default: 1,
      help: 'random seed of the places that groups are found on, and of where the search begins',
    }),
  }),
  ...section('Output', {
    /** results folder, default: in the network's run */
    out: folder({ help: 'results folder (default: in the run)' }),
  }),
  ...NETWORK_CHOICE_OPTIONS,
  ...INPUT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...RUNNING_OPTIONS,
  ...BACKEND_OPTIONS,
};

export interface GroupsOptions
  extends ModelOptions,
    InputOptions,
    OutputOptions,
    OptionsOf<typeof GROUPS_OPTIONS>,
    WorkflowOptions {}

/** Options with all defaults filled in; groups are not divided into shards. */
export type GroupsSettings = GroupsOptions & DefaultsOf<typeof GROUPS_OPTIONS> & { shard: undefined };

/** Fills in the defaults. @throws CnnvizError BAD_ARGUMENT */
export function resolveGroupsOptions(options: GroupsOptions): GroupsSettings {
  return { ...resolveOptions(GROUPS_OPTIONS, options), shard: undefined };
}
