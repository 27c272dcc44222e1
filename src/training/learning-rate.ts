// The learning rate of each step: warm-up, then constant or a cosine.

/** How the learning rate goes over a run's steps: a warm-up, then constant or half a cosine. */
export interface Schedule {
  kind: 'constant' | 'cosine';
  /** the highest rate, which the warm-up leads to */
  learningRate: number;
  /** where the cosine ends, and what holds after it */
  finalLearningRate: number;
  /** steps in which the rate grows from 0; may be 0 */
  warmupSteps: number;
  /** step at which the cosine has ended, warm-up included; at least `warmupSteps` */
  totalSteps: number;
}

/**
 * The rate of a step, from 0: Keras's `CosineDecay(0, totalSteps - warmupSteps, alpha = finalLearningRate / learningRate,
 * warmup_target = learningRate, warmup_steps = warmupSteps)`, after Loshchilov and Hutter, "SGDR" (2017). The first step of a
 * warm-up has rate 0, the step after the warm-up the whole one.
 */
export function scheduledRate(schedule: Schedule, step: number): number {
  const { kind, learningRate, finalLearningRate, warmupSteps, totalSteps } = schedule;
  if (step < warmupSteps) return (learningRate * step) / warmupSteps;
  if (kind === 'constant') return learningRate;
  if (step >= totalSteps) return finalLearningRate;
  const done = (step - warmupSteps) / (totalSteps - warmupSteps); // 0..1
  return finalLearningRate + ((learningRate - finalLearningRate) * (1 + Math.cos(Math.PI * done))) / 2;
}
