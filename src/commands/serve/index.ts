import { once } from 'node:events';
import { serveRun } from '../../live/serve-run.js';
import { resolveOptions } from '../../options/resolve.js';
import { findServedRun } from './find-served-run.js';
import { SERVE_OPTIONS, type ServeOptions, type ServeResult, type ServeSettings } from './options.js';

/**
 * Serves a run's page to browsers on this computer, while the run is trained or later, until `signal` ends it; without one,
 * as long as the process lasts. It reads the run's folder and nothing else. The address, with a token in it, is reported as
 * an event of type `live`.
 *
 * @throws CnnvizError BAD_ARGUMENT, also for a port that cannot be had; NOT_FOUND, NOT_READABLE, BAD_MODEL for the run
 *
 * @example
 * ```ts
 * import { serve } from 'cnnviz';
 *
 * const signal = AbortSignal.timeout(60_000);
 * await serve({ run: 'runs/latest', signal, onEvent: (event) => event.type === 'live' && console.log(event.url) });
 * ```
 */
export async function serve(options: ServeOptions = {}): Promise<ServeResult> {
  const settings: ServeSettings = resolveOptions(SERVE_OPTIONS, options);
  const { run, port, signal, onEvent = () => undefined } = settings;
  const path = await findServedRun(run, (message) => onEvent({ type: 'warning', message }));
  const server = await serveRun(path, { port });
  const { url } = server;
  try {
    onEvent({ type: 'live', url, path });
    if (!signal?.aborted) await once(signal ?? new AbortController().signal, 'abort');
  } finally {
    await server.close();
  }
  return { path, url };
}
