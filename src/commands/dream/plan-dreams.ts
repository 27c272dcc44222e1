// What is dreamed of: which channels of which layers, and which classes.

import { checkChannels } from '../../activations/select-channels.js';
import { selectLayers } from '../../activations/select-layers.js';
import { CnnvizError } from '../../base/errors.js';
import type { ChannelReport } from '../../channels/report.js';
import { discriminativePower } from '../../channels/verdict.js';
import { channelGoal, classGoal, type Goal } from '../../dream/ascent.js';
import type { Engine, NetworkLayer } from '../../engines/contract/engine.js';
import { scoresOf } from '../../engines/contract/scores.js';
import { findClasses } from '../../explain/targets.js';
import { fileBase, fileNamePart } from '../../output/activation-files.js';
import { nameClass } from '../shared/classify.js';
import type { DreamSettings } from './options.js';

/** Channels of a layer that are chosen where none are asked for. */
const channelsAtMost = 16;

/** A channel of a layer, from 0, or a class where the layer is null. */
export interface Wanted {
  layer: string | null;
  index: number;
}

/** What is dreamed of at one place of the network. */
export interface DreamPlace {
  /** null: the scores */
  layerName: string | null;
  /** of the files' names */
  base: string;
  subjects: DreamSubject[];
}

export interface DreamSubject extends Wanted {
  className?: string;
  goal: Goal;
  /** of its files' names */
  base: string;
}

/** `conv2d_4 #12`, or the name of a class */
export function nameSubject({ layer, index, className }: Wanted & { className?: string }): string {
  return layer === null ? `${className}` : `${layer} #${index}`;
}

/** @throws CnnvizError NOT_FOUND for what the network does not have, BAD_MODEL without a convolution, or without scores */
export function chooseDreams(
  network: Engine,
  classNames: readonly string[],
  report: ChannelReport | undefined,
  settings: DreamSettings,
): Wanted[] {
  const layers = chooseLayers(network, settings);
  const { channels, classes } = settings;
  if (Array.isArray(channels)) {
    const counts = layers.map(({ name, shape }) => ({ name, channelCount: shape.at(-1) as number }));
    checkChannels(channels, counts);
  }
  const ofLayers = layers.flatMap((layer) =>
    chooseChannels(layer, report, channels).map((index) => ({ layer: layer.name, index })),
  );
  if (classes.length === 0) return ofLayers;
  const ofClasses = findClasses(classes, classNames, scoresOf(network).scoreCount);
  return [...ofLayers, ...ofClasses.map((index) => ({ layer: null, index }))];
}

/** Places in the network's order, the classes last; what the network does not have is left out. */
export function placeDreams(network: Engine, classNames: readonly string[], wanted: readonly Wanted[]): DreamPlace[] {
  const indexesAt = (layer: string | null, count: number) => {
    const indexes = wanted.filter((one) => one.layer === layer && one.index < count).map(({ index }) => index);
    return [...new Set(indexes)].sort((a, b) => a - b);
  };
  const ofLayers = network.layers.map(({ name, shape }, at): DreamPlace => {
    const base = fileBase(name, at + 1);
    const channelCount = shape.at(-1) as number;
    const subjects = indexesAt(name, channelCount).map((index) => {
      return { layer: name, index, goal: channelGoal(index, channelCount), base: `${base}-channel-${index}` };
    });
    return { layerName: name, base, subjects };
  });
  const { scoreCount } = network;
  const classCount = scoreCount === null ? 0 : Math.max(2, scoreCount);
  const subjects = indexesAt(null, classCount).map((index) => {
    const className = nameClass(index, classNames);
    const goal = classGoal(index, scoreCount as number);
    return { layer: null, index, className, goal, base: `class-${index}-${fileNamePart(className)}` };
  });
  return [...ofLayers, { layerName: null, base: 'classes', subjects }].filter(({ subjects }) => subjects.length > 0);
}

function chooseLayers(network: Engine, { layers, classes }: DreamSettings): NetworkLayer[] {
  if (layers !== undefined) {
    const names = selectLayers(network.layers, layers);
    return network.layers.filter(({ name }) => names.includes(name));
  }
  if (classes.length > 0) return [];
  const last = network.layers.findLast(({ kind, shape }) => kind.includes('Conv') && shape.length === 3);
  if (last !== undefined) return [last];
  throw new CnnvizError('BAD_MODEL', 'the network has no convolution to dream of', {
    hint: 'Choose layers with --layers, or a class with --class.',
  });
}

function chooseChannels(
  { name, shape }: NetworkLayer,
  report: ChannelReport | undefined,
  asked: DreamSettings['channels'],
): number[] {
  const all = Array.from({ length: shape.at(-1) as number }, (_, channel) => channel);
  if (asked === 'all') return all;
  if (asked !== undefined) return [...new Set(asked)].sort((a, b) => a - b);
  const measured = report?.layers.find((layer) => layer.name === name && layer.channels.length === all.length);
  if (measured === undefined) return all.slice(0, channelsAtMost);
  return measured.channels
    .toSorted((a, b) => discriminativePower(b) - discriminativePower(a))
    .slice(0, channelsAtMost)
    .map(({ channel }) => channel)
    .sort((a, b) => a - b);
}
