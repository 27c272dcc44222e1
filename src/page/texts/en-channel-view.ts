// The words about one channel.

import { formatAmount } from '../../base/counts.js';

export const channelView = {
  unitTitle: (layer: string, unit: number) => `${layer}, unit ${unit}`,
  backToUnits: (layer: string) => `Back to all units of ${layer}`,
  inputTitle: (layer: string, color: string) => `${layer}, ${color}`,
  map: (layer: string, channel: number) => `Map of channel ${channel} of ${layer}. Arrow keys move from cell to cell.`,
  photograph: 'The image, with what the chosen cell sees',
  /** value: as exactly as the page has it, `0.685 ± 0.006` */
  reading: (at: { x: number; y: number }, value: string) => `Column ${at.x}, row ${at.y}: ${value}.`,
  unitReading: (unit: number, value: string) => `Unit ${unit}: ${value}.`,
  sees: (columns: string, rows: string, size: string) =>
    `It sees columns ${columns} and rows ${rows} of ${size} pixels.`,
  range: (from: number, to: number) => `${from} to ${to}`,
  size: (height: number, width: number) => `${height} × ${width}`,
  seesAll: 'It can see the whole image.',
  keys: 'Point at either picture, or use the arrow keys on the map (Shift: ten cells; Home, End, Page Up, Page Down: the edges). Columns and rows count from 0, from the upper left. A click puts the cell into the address.',
  patches: 'What it responds to most',
  patchesOf: (count: number, values: string) =>
    `The ${formatAmount(count, 'patch', 'patches')} of different images with its largest values: ${values}.`,
  noPatches: 'The patches of images that this channel responds to most are not on this page.',
  patchesCommand: (layer: string, channel: number) =>
    `"cnnviz patches DIR --layers ${layer} --channels ${channel}" with this network finds them and leaves them in its run; the next report shows them.`,
  dream: 'What it would like to see',
  dreamOf: (value: string) => `A picture made to raise this channel: it reaches a mean of ${value}.`,
  dreamHighest: (value: string) => `The highest mean of any image is ${value}.`,
  dreamAlone: 'It was not compared with images.',
  dreamFailed: 'Failed: real images reach as much, so the picture shows nothing about the channel.',
  dreamNeverBegan: 'Never began (no gradient): the picture shows nothing about the channel.',
  noDream: 'No picture made for this channel is on this page.',
  dreamCommand: (layer: string, channel: number) =>
    `"cnnviz dream --layers ${layer} --channels ${channel} --out RUN/dreams" makes one (RUN: the folder of the network's run); the next report shows it.`,
};
