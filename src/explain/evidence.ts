// Describes what a map contains.

import { formatCount } from '../base/counts.js';
import { formatNumber } from '../base/numbers.js';
import { measurePlanes, type Plane, type PlaneStatistics } from '../base/plane.js';

/**
 * What a map holds: evidence for the class; only evidence against it; nothing (0 everywhere); or NaN or infinity.
 */
export type EvidenceKind = 'positive' | 'negative' | 'nothing' | 'undefined';

export interface Evidence {
  kind: EvidenceKind;
  /** of the whole map */
  statistics: PlaneStatistics;
  /**
   * what is shown of the map: the evidence for the class (the papers' ReLU); where there is none, that against it
   */
  shown: Plane;
  /** what has to be said besides the picture; absent where the map speaks for itself */
  sentence?: string;
}

/** Below this fraction of the scale's end a map's colors are invisible. */
const visibleFraction = 0.1;

/**
 * Assesses the maps of some classes that will be shown on one scale. A map without visible evidence for its class gets a
 * sentence that says so: no picture is blank without one.
 *
 * @param origin the layer's name, what the method is called, and whether its picture shows both signs
 */
export function assessEvidence(
  maps: readonly { map: Plane; className: string }[],
  origin: { layerName: string; methodTitle: string; isSigned?: boolean },
): Evidence[] {
  const assessed = maps.map(({ map }) => {
    const statistics = measurePlanes([map]);
    const kind = kindOf(statistics);
    return { kind, statistics, shown: kind === 'positive' && !origin.isSigned ? cutNegative(map) : map };
  });
  const limit = Math.max(
    ...assessed.map(({ kind, statistics: { min, max } }) => {
      if (origin.isSigned) return Math.max(max, -min);
      return kind === 'positive' ? max : -min;
    }),
  );
  return assessed.map((evidence, index) => {
    const problem = describeProblem(evidence, limit);
    if (problem === undefined) return evidence;
    const about = `${origin.methodTitle} for ${maps[index]?.className} at ${origin.layerName}`;
    return { ...evidence, sentence: `${about}: ${problem}` };
  });
}

function kindOf({ min, max, nonFiniteCount }: PlaneStatistics): EvidenceKind {
  if (nonFiniteCount > 0) return 'undefined';
  if (max > 0) return 'positive';
  return min < 0 ? 'negative' : 'nothing';
}

function describeProblem({ kind, statistics, shown }: Evidence, limit: number): string | undefined {
  const { min, max, nonFiniteCount } = statistics;
  const count = shown.values.length;
  const tooWeak = (value: number) => `at most ${formatNumber(value)}, too weak to be visible on this scale`;
  if (kind === 'undefined') return `${formatCount(nonFiniteCount)} of ${formatCount(count)} values NaN or infinite`;
  if (kind === 'nothing') return 'no evidence for or against it, the map is 0 everywhere';
  if (kind === 'positive') return max < visibleFraction * limit ? tooWeak(max) : undefined;
  const strength = -min < visibleFraction * limit ? `: ${tooWeak(-min)}` : '';
  return `no positive evidence; the map shows evidence against it${strength}`;
}

function cutNegative(map: Plane): Plane {
  return { ...map, values: map.values.map((value) => Math.max(0, value)) };
}
