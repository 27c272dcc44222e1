import { resolveOptions } from '../../options/resolve.js';
import { decodeOutputShard } from '../../shards/output-shard.js';
import { takeShard } from '../../shards/shard-places.js';
import { nameShardFile } from '../shared/merge-options.js';
import { writeOutputShard } from '../shared/output-shards.js';
import { OutputStream } from '../shared/output-stream.js';
import { describeSource } from '../shared/picture-source.js';
import { checkShardFile } from '../shared/shard-file.js';
import { parseShard } from '../shared/shard-option.js';
import type { WrittenShard } from '../shared/written-shard.js';
import { type OpenedEvaluation, openEvaluation } from './open-evaluation.js';
import { EVALUATE_SHARD_OPTIONS, type EvaluateShardOptions } from './options.js';

/**
 * Runs a trained network over one part of a data folder's images, and writes what it gave to a file for `mergeEvaluations`: one
 * task of an array job, on as many machines as there are. Each part is whole batches, computed as in one pass.
 *
 * @throws CnnvizError as `evaluate` does; NOT_WRITABLE for a file that is no shard
 *
 * @example
 * ```ts
 * import { evaluateShard, mergeEvaluations } from 'cnnviz';
 *
 * await evaluateShard({ data: 'cats_dogs', shard: 'auto/8' });
 * const { accuracy } = await mergeEvaluations({ shards: ['.'] });
 * ```
 */
export async function evaluateShard(options: EvaluateShardOptions): Promise<WrittenShard> {
  const settings = resolveOptions(EVALUATE_SHARD_OPTIONS, options);
  const { batchSize } = settings;
  const shard = parseShard(settings.shard);
  const out = settings.out ?? nameShardFile('evaluate', shard);
  await checkShardFile(out, (file, path) => decodeOutputShard('evaluate', file, path));
  const { out: _, shard: __, ...rest } = settings;
  using opened = await openEvaluation(rest);
  const { found, trained, images, files } = opened;
  const own = takeShard(files, shard, batchSize);
  const stream = new OutputStream(trained, own, settings);
  const written = await writeOutputShard(
    {
      ...{ command: 'evaluate', found, trained, shard, batchSize, stream, out, argument: settings.data },
      logits: settings.logits,
      ...{ classNames: images.classNames, paths: files.map(({ path }) => path) },
      labels: own.map(({ classIndex }) => classIndex),
      details: await describeDetails(opened, settings.data),
    },
    settings,
  );
  stream.report();
  return written;
}

async function describeDetails({ found, trained, images }: OpenedEvaluation, data: string) {
  const { split, missingClasses, unknownClasses, overlap } = images;
  const { words, texts } = await describeSource(found, trained.place);
  const source = { words: [...words], texts: { ...texts } };
  const { autoOrient } = trained.preprocessing;
  return {
    outputKind: trained.network.outputKind,
    overlap: overlap && { ...overlap },
    evaluation: { data, split, missingClasses, unknownClasses, source, autoOrient },
  };
}
