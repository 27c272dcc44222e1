/** One epoch's metrics under the keys that tfjs and the article use. Accuracies are 0..1. */
export interface EpochMetrics {
  loss: number;
  acc: number;
  /** absent without validation */
  val_loss?: number;
  val_acc?: number;
  /** of its last step */
  learning_rate: number;
}

/** One number an epoch under each key, as Keras's `History.history`. */
export type History = Partial<Record<keyof EpochMetrics, number[]>>;

export function appendEpoch(history: History, metrics: EpochMetrics): History {
  const longer: History = { ...history };
  const unknown = new Array<number>(history.loss?.length ?? 0).fill(Number.NaN); // of runs that earlier versions began
  for (const [key, value] of Object.entries(metrics) as [keyof EpochMetrics, number][]) {
    longer[key] = [...(history[key] ?? unknown), value];
  }
  return longer;
}
