import { ScoreSheet, type Scores } from '../../evaluation/scores.js';
import { evaluateOutputs } from '../../training/evaluation.js';
import { requireFinite } from '../shared/classify.js';
import type { TrainedNetwork } from '../shared/network-in-use.js';
import type { OutputStream } from '../shared/output-stream.js';

/** What a network says of labeled images, all of a stream. @throws CnnvizError BAD_MODEL if it outputs NaN or infinity; and as the stream does */
export async function scoreImages(
  { place }: TrainedNetwork,
  stream: OutputStream,
  classCount: number,
): Promise<{ lossSum: number; scores: Scores }> {
  const sheet = new ScoreSheet(stream.files.length, classCount);
  let lossSum = 0;
  for await (const { batch, outputs } of stream) {
    requireFinite(outputs, `${place.path}: the network`);
    lossSum += evaluateOutputs(outputs, batch.classIndexes).lossSum;
    sheet.add(outputs, batch.classIndexes, batch.fileIndexes);
  }
  return { lossSum, scores: sheet.scores };
}
