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

/**
 * Locates the network that the options mean: `model`, else the last run. Reads no weights and loads no backend.
 *
 * @throws CnnvizError BAD_ARGUMENT, NO_MODEL when there is neither, NOT_FOUND, NOT_READABLE, BAD_MODEL
 */
export async function locateNetwork(options: ModelOptions & OutputOptions & WorkflowOptions): Promise<LocatedNetwork> {
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

async function bringNetwork(
  found: FoundModel,
  options: ModelOptions & OutputOptions & WorkflowOptions,
): Promise<LocatedNetwork> {
  const { openNetworkFile } = await import('../../formats/open/open-network-file.js');
  const { classNames: classes, architecture, onEvent } = options;
  const file = await openNetworkFile(found.modelPath, { classes, architecture });
  const { classNames, scores, ignored = [] } = file.origin;
  for (const reason of ignored) {
    onEvent?.({ type: 'warning', message: `${reason}: ignored; --classes FILE names another list` });
  }
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

async function findNetwork({
  model = latestRun,
  weights,
  onEvent,
}: ModelOptions & WorkflowOptions): Promise<FoundModel> {
  if (weights !== undefined) requireOneOf('weights', weights, ['last', 'best']);
  try {
    const found = await findModel(model, weights, (message) => onEvent?.({ type: 'warning', message }));
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
