// The network looks at one image while those before it are drawn.

import type { BadFile } from '../../dataset/stream/batch.js';
import type { EventListener, WorkflowOptions } from '../shared/events.js';
import type { Target } from '../shared/image-results.js';
import type { JobsBySize } from '../shared/jobs-by-size.js';
import { visitTargets } from '../shared/visit-targets.js';
import { type DrawingJob, drawImage, type ImageResult, type SeenImage } from './draw-image.js';
import { startDrawingThread } from './draw-in-thread.js';
import type { LayerEvent } from './events.js';
import { type ShowingJob, seeImage } from './show-image.js';

/** One is drawn while another is in the network. */
const atOnce = 2;

/** @param scalings how each layer is scaled */
export async function showImages(
  targets: readonly Target[],
  jobs: JobsBySize<ShowingJob>,
  scalings: DrawingJob['scalings'],
  settings: WorkflowOptions<LayerEvent>,
): Promise<{ images: ImageResult[]; badImages: BadFile[] }> {
  const see = inTurn(async (target: Target, onEvent: EventListener) => {
    const job = await jobs.forImage(target.image);
    return { job, seen: await seeImage(target, job, onEvent) };
  });
  await using thread = targets.length === 1 ? undefined : startDrawingThread(describeDrawing(jobs.first, scalings));
  // The thread has one job: images of other sizes are drawn here.
  const drawSized = ({ job, seen }: { job: ShowingJob; seen: SeenImage }, onEvent: EventListener<LayerEvent>) =>
    thread !== undefined && job === jobs.first
      ? thread.draw(seen, onEvent)
      : drawImage(seen, describeDrawing(job, scalings), onEvent);
  return await visitTargets<Target, ImageResult, LayerEvent>(
    targets,
    { ...settings, atOnce },
    async (target, onEvent) => drawSized(await see(target, onEvent), onEvent),
  );
}

/** What a thread can be given: no engine, no functions. */
function describeDrawing(job: ShowingJob, scalings: DrawingJob['scalings']): DrawingJob {
  const { layers, drawing, report, source, provenance } = job;
  const { inputShape, outputNames, layers: all } = job.network;
  const network = { inputShape, outputNames, layers: all };
  return { network, layers, drawing, scalings, source, provenance, ...(report && { report }) };
}

/** A call waits for those before it. */
function inTurn<Args extends unknown[], Result>(
  work: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  let last: Promise<void> = Promise.resolve();
  return (...args) => {
    const result = last.then(() => work(...args));
    last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };
}
