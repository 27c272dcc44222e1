import type { LayerRanking } from '../../activations/describe-layer.js';
import type { RankingMeasure } from '../../activations/rank-channels.js';
import type { ScoreNetwork } from '../../engines/contract/scores.js';
import { measureContributions } from '../../explain/contributions.js';
import { type ClassChoice, classTarget, findClasses } from '../../explain/targets.js';
import { classProbabilities, nameClass } from './classify.js';
import type { EventListener } from './events.js';

/** How the channels of layers are ranked, the same for every image of a call. */
export interface RankingJob {
  by: RankingMeasure;
  /** channels a layer */
  count: number;
  /** the layers that can be ranked */
  layerNames: readonly string[];
  classNames: readonly string[];
  /** by contribution: the network's scores, and of which class; without a number, of the predicted one */
  scores?: ScoreNetwork;
  classIndex?: number;
}

/**
 * What ranking the layers takes; says of those that cannot be ranked why not.
 *
 * @param scores there when ranked by contribution; stays the caller's
 * @throws CnnvizError NOT_FOUND for a class that is not known
 */
export function prepareRanking(
  { top: count, by = 'mean', class: choice }: { top?: number; by?: RankingMeasure; class?: ClassChoice },
  layers: readonly { name: string; shape: readonly number[] }[],
  scores: ScoreNetwork | undefined,
  { classNames, onEvent }: { classNames: readonly string[]; onEvent: EventListener },
): RankingJob | undefined {
  if (count === undefined) return undefined;
  const layerNames: string[] = [];
  for (const { name, shape } of layers) {
    const reason =
      by === 'variance' && shape.length !== 3
        ? 'a unit has only one value'
        : scores && !scores.layers.some((layer) => layer.name === name) && 'no score depends on it';
    if (reason) onEvent({ type: 'warning', message: `${name} is not ranked by ${by}: ${reason}` });
    else layerNames.push(name);
  }
  const job = { by, count, layerNames, classNames, ...(scores && { scores }) };
  if (scores === undefined || choice === undefined) return job;
  const [classIndex] = findClasses([choice], classNames, scores.scoreCount) as [number];
  return { ...job, classIndex };
}

/** How each layer that can be ranked is ranked for one image. @param input preprocessed */
export async function rankLayers(
  { by, count, layerNames, classNames, scores, classIndex }: RankingJob,
  input: Float32Array,
): Promise<Map<string, LayerRanking>> {
  if (scores === undefined) return new Map(layerNames.map((name) => [name, { by, count }]));
  const explained = classIndex ?? (await predictClass(scores, input));
  const target = classTarget(explained, scores.scoreCount);
  const className = nameClass(explained, classNames);
  const contributions = await measureContributions(scores, input, layerNames, target);
  return new Map(
    Array.from(contributions, ([name, values]) => [name, { by, count, contributions: { className, values } }]),
  );
}

async function predictClass(scores: ScoreNetwork, input: Float32Array): Promise<number> {
  const probabilities = classProbabilities((await scores.computeScores(input)).outputs);
  return probabilities.indexOf(Math.max(...probabilities));
}
