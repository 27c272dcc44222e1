// What a film says of the network that it is of: a page draws it without the network.

import type { Engine } from '../../engines/contract/engine.js';
import type { FilmLayer } from '../../film/probe-images.js';
import { describeNetwork } from '../report/report-network.js';

/** What the film says of the network that it is of. */
export function describeFilmNetwork(engine: Pick<Engine, 'layers' | 'inputShape'>): FilmLayer[] {
  return describeNetwork(engine, engine.layers).map(
    ({ name, kind, shape, parameterCount, inputs, flattens, field }): FilmLayer => ({
      ...{ name, kind, shape, parameterCount, inputs },
      ...(flattens !== undefined && { flattens }),
      ...(field && { field }),
    }),
  );
}
