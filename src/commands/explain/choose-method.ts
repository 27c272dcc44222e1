// What `--method auto` stands for on a network.

import { getMethod, type MethodName } from '../../explain/methods.js';
import type { FoundModel } from '../../runs/find-model.js';
import type { EventListener } from '../shared/events.js';
import { nameSubject } from './describe-verdict.js';
import { findBenchmarkChoice } from './find-benchmark.js';
import { type ExplainSettings, listMethods } from './options.js';

/** The methods of a call. */
export interface ChosenMethods {
  methods: MethodName[];
  /** by name; absent: the last layer with maps */
  layer?: string | readonly string[];
  /** why a method was chosen, or that none could be, in words */
  reason?: string;
}

/** Without a benchmark. */
const usual: MethodName = 'hirescam';

/**
 * The methods that are asked for, `auto` replaced: by what the benchmark in the network's run found, at the layer where it did unless
 * another one is named; without a benchmark of these weights by HiResCAM.
 */
export async function chooseMethods(
  found: FoundModel,
  { method, layer }: Pick<ExplainSettings, 'method' | 'layer'>,
  onEvent: EventListener,
): Promise<ChosenMethods> {
  const asked = [method].flat() as (MethodName | 'all' | 'auto')[];
  const named = { ...(layer !== undefined && { layer }) };
  const replaced = (by: MethodName) => listMethods(asked.map((name) => (name === 'auto' ? by : name)));
  if (!asked.includes('auto')) return { methods: replaced(usual), ...named };
  const choice = await findBenchmarkChoice(found, onEvent);
  if (choice === undefined) return { methods: replaced(usual), ...named };
  const { chosen, imageCount } = choice;
  if (chosen === null) {
    const reason = `The benchmark of this network on ${imageCount} images trusts no method: do not rely on this map`;
    return { methods: replaced(usual), ...named, reason };
  }
  const elsewhere =
    layer === undefined || [layer].flat().includes(chosen.layer) ? '' : '; at another layer it was not chosen';
  const reason = `Chosen by this network's benchmark on ${imageCount} images: ${nameSubject(chosen)}${elsewhere}`;
  const own = getMethod(chosen.method).of === 'layer' ? { layer: chosen.layer } : {};
  return { methods: replaced(chosen.method), ...own, ...named, reason };
}
