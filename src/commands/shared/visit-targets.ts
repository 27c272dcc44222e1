// Visits the images of a call, one after the other or several at once.

import { CnnvizError } from '../../base/errors.js';
import { reasonOf } from '../../dataset/decode/image-bytes.js';
import type { BadFile } from '../../dataset/stream/batch.js';
import type { EventListener, WorkflowOptions } from './events.js';

/**
 * Visits images in their order. A bad one among several is skipped and reported; alone it is the call's failure.
 *
 * @param visit what it reports to its listener is passed on when all images before it are done
 * @param atOnce so many visits may be going on. Those that have begun when the call is stopped still end
 * @throws CnnvizError ABORTED, BAD_IMAGE when no image could be read; and what `visit` throws
 */
export async function visitTargets<Place extends { image: string }, Result, Own = never>(
  targets: readonly Place[],
  { onEvent = () => undefined, signal, atOnce = 1 }: WorkflowOptions<Own> & { atOnce?: number },
  visit: (target: Place, onEvent: EventListener<Own>) => Promise<Result>,
): Promise<{ images: Result[]; badImages: BadFile[] }> {
  const result: { images: Result[]; badImages: BadFile[] } = { images: [], badImages: [] };
  const visits: Visit<Result, Own>[] = [];
  try {
    for (const [index, target] of targets.entries()) {
      const ahead = signal?.aborted ? [] : targets.slice(visits.length, index + atOnce);
      visits.push(...ahead.map((next) => beginVisit((listener: EventListener<Own>) => visit(next, listener))));
      const current = visits[index];
      if (current === undefined) throw new CnnvizError('ABORTED', `stopped before ${target.image}`);
      const about = { image: target.image, number: index + 1, total: targets.length };
      try {
        onEvent({ type: 'image-started', ...about });
        result.images.push(await current.takeTurn(onEvent));
        onEvent({ type: 'image-ended', ...about });
      } catch (error) {
        if (!(error instanceof CnnvizError) || error.code !== 'BAD_IMAGE' || targets.length === 1) throw error;
        const badImage = { path: target.image, reason: reasonOf(error, target.image) };
        result.badImages.push(badImage);
        onEvent({ type: 'bad-image', ...badImage });
      }
    }
  } finally {
    await Promise.allSettled(visits.map(({ ended }) => ended));
  }
  if (result.images.length > 0) return result;
  throw new CnnvizError('BAD_IMAGE', `none of the ${targets.length} images could be read`);
}

interface Visit<Result, Own> {
  ended: Promise<unknown>;
  /** Reports what has happened so far, and from now on at once. */
  takeTurn(onEvent: EventListener<Own>): Promise<Result>;
}

function beginVisit<Result, Own>(visit: (onEvent: EventListener<Own>) => Promise<Result>): Visit<Result, Own> {
  const held: Parameters<EventListener<Own>>[0][] = [];
  let report: EventListener<Own> = (event) => held.push(event);
  // Not before the caller has reported that the image is started.
  const result = Promise.resolve().then(() => visit((event) => report(event)));
  result.catch(() => undefined); // reported at its turn
  return {
    ended: result,
    takeTurn(onEvent) {
      report = onEvent;
      for (const event of held.splice(0)) onEvent(event);
      return result;
    },
  };
}
