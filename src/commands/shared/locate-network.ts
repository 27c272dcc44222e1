// Where the network of a call lies.

import { basename, dirname } from 'node:path';
import { requireOneOf } from '../../base/arguments.js';
import { CnnvizError } from '../../base/errors.js';
import type { NetworkFile } from '../../formats/network-file.js';
import { type FoundModel, type FoundRun, findModel } from '../../runs/find-model.js';
import { describeContent } from '../../runs/last-run.js';
import { chooseOutput } from './brought-network.js';
import type { WorkflowOptions } from './events.js';
import type { ModelOptions, OutputOptions } from './model-options.js';

const latestRun = 'runs/latest';

/** A network on disk: a run, or a file or folder that somebody else made. */
export interface LocatedNetwork extends FoundModel {
  /** index = class index; empty where they are not known */
  classNames: readonly string[];
  /** the network's file, opened, where it is no run: with the output that is meant */
  brought?: NetworkFile;
}

interface LocateOptions extends ModelOptions, OutputOptions, WorkflowOptions {
  /** the command has no use for class names: a list of them that lies beside the network and does not fit is nothing to it */
  unnamed?: boolean;
}

/**
 * Locates the network that the options mean: `model`, else the last run. Reads no weights and loads no backend.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL when there is neither, NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function locateNetwork(options: LocateOptions): Promise<LocatedNetwork> {
  const found = await findNetwork(options);
  return found.run === undefined ? bringNetwork(found, options) : takeRun(found, found.run, options);
}

/** @throws CnnvizError BAD_ARGUMENT for options that only networks of another making need */
function takeRun(found: FoundModel, { record }: FoundRun, options: ModelOptions & OutputOptions): LocatedNetwork {
  for (const [name, flag] of [
    ['classNames', 'classes'],
    ['output', 'output'],
    ['logits', 'logits'],
    ['architecture', 'architecture'],
  ] as const) {
    if (options[name] === undefined || options[name] === false) continue;
    throw new CnnvizError('BAD_ARGUMENT', `${flag}: a run knows its own: leave it out`, { options: [name] });
  }
  return { ...found, classNames: record.classNames };
}

async function bringNetwork(found: FoundModel, options: LocateOptions): Promise<LocatedNetwork> {
  const { openNetworkFile } = await import('../../formats/open/open-network-file.js');
  const { classNames: classes, architecture, onEvent } = options;
  const file = await openNetworkFile(found.modelPath, { classes, architecture });
  const { classNames, scores } = file.origin;
  if (options.unnamed !== true) await checkLists(file, onEvent);
  const note = (message: string) => onEvent?.({ type: 'note', message });
  if (classNames !== undefined && classes === undefined) note(`classes: ${classNames.source}`);
  if (scores !== undefined && options.logits === undefined)
    note(`probabilities: a ${scores.value}, as ${scores.source} says`);
  return {
    ...found,
    classNames: classNames?.value ?? [],
    brought: { ...file, definition: chooseOutput(file, options) },
  };
}

/**
 * A list of class names that does not fit is somebody's mistake: its names would be said of the wrong classes. Beside one that
 * fits it is another network's.
 *
 * @throws CnnvizError BAD_MODEL
 */
async function checkLists({ path, origin, close }: NetworkFile, onEvent: WorkflowOptions['onEvent']): Promise<void> {
  const { classNames, ignored = [] } = origin;
  const [first] = ignored;
  if (first !== undefined && classNames === undefined) {
    await close();
    throw new CnnvizError('BAD_MODEL', `${path}: ${first}`, {
      hint: 'Name its list of class names with --classes FILE; if that list is of another network, move it elsewhere.',
    });
  }
  for (const reason of ignored) onEvent?.({ type: 'warning', message: `${reason}: ignored` });
}

async function findNetwork({
  model = latestRun,
  weights,
  onEvent,
}: ModelOptions & WorkflowOptions): Promise<FoundModel> {
  if (weights !== undefined) requireOneOf('weights', weights, ['last', 'best']);
  try {
    const found = await findModel(model, weights, (message) => onEvent?.({ type: 'warning', message }));
    if (found.run?.isEpoch && weights !== undefined) {
      throw new CnnvizError('BAD_ARGUMENT', `weights: ${model} names the weights of an epoch: leave it out`, {
        options: ['weights'],
      });
    }
    if (found.run?.isPart) {
      const message = `${model} is part of ${basename(found.run.folder)}: using its classes`;
      onEvent?.({ type: 'warning', message });
    }
    return found;
  } catch (error) {
    if (model !== latestRun || !(error instanceof CnnvizError) || error.code !== 'NOT_FOUND') throw error;
    throw new CnnvizError(
      'NO_MODEL',
      `there is no trained network here: ${await describeContent(dirname(latestRun))}`,
      {
        hint: 'Train one with "cnnviz train --data DIR", or name one with "--model PATH".',
        cause: error,
      },
    );
  }
}
