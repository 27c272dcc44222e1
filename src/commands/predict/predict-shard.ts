import { resolveOptions } from '../../options/resolve.js';
import { decodeOutputShard } from '../../shards/output-shard.js';
import { takeShard } from '../../shards/shard-places.js';
import { requireProbabilities } from '../shared/classify.js';
import { nameShardFile } from '../shared/merge-options.js';
import { writeOutputShard } from '../shared/output-shards.js';
import { checkShardFile } from '../shared/shard-file.js';
import { parseShard } from '../shared/shard-option.js';
import { openTrainedNetwork } from '../shared/trained-network.js';
import type { WrittenShard } from '../shared/written-shard.js';
import { PREDICT_SHARD_OPTIONS, type PredictShardOptions } from './options.js';
import { choosePredictImages, openPredictStream } from './predict-images.js';

/**
 * Classifies one part of some images, and writes what the network gave to a file for `mergePredictions`: one task of an array
 * job, on as many machines as there are. Each part is whole batches, computed as in one pass.
 *
 * @throws CnnvizError as `predict` does; NOT_WRITABLE for a file that is no shard
 *
 * @example
 * ```ts
 * import { mergePredictions, predictShard } from 'cnnviz';
 *
 * await predictShard({ images: ['photos'], shard: 'auto/8' });
 * const { predictions } = await mergePredictions({ shards: ['.'] });
 * ```
 */
export async function predictShard(options: PredictShardOptions): Promise<WrittenShard> {
  const settings = resolveOptions(PREDICT_SHARD_OPTIONS, options);
  const { batchSize } = settings;
  const shard = parseShard(settings.shard);
  const out = settings.out ?? nameShardFile('predict', shard);
  await checkShardFile(out, (file, path) => decodeOutputShard('predict', file, path));
  const { images, found, trueClassOf, overlap } = await choosePredictImages(settings);
  using trained = await openTrainedNetwork(found, { ...settings, images }, ['run']);
  requireProbabilities(trained.network, trained.place.path, 'predict needs');
  const { classNames } = found;
  const own = takeShard(images, shard, batchSize);
  const stream = openPredictStream(own, images.length, trained, settings);
  const details = { outputKind: trained.network.outputKind, overlap: overlap && { ...overlap } };
  const written = await writeOutputShard(
    {
      ...{ command: 'predict', found, trained, shard, batchSize, classNames, details, stream, out, paths: images },
      ...{ argument: settings.images.join(' '), logits: settings.logits },
      labels: own.map((image) => classNames.indexOf(trueClassOf(image) ?? '')),
    },
    settings,
  );
  stream.report();
  return written;
}
