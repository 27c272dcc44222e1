// The element types that kinds of layers are computed in.

import type { GraphTensor } from '../build/graph-builder.js';
import type { ForwardContext, LayerForward } from '../build/layer-forward.js';
import type { LayerSpec } from '../build/layer-spec.js';
import { castTo } from '../build/ops.js';

/** Turns a layer's configuration into what computes it; throws UnsupportedByGraph for what it does not know. */
export type LayerKind = (layer: LayerSpec) => LayerForward;

/** Kinds by their class in Keras. */
export type LayerKinds = Readonly<Record<string, LayerKind>>;

/** Kinds that are computed in what convolutions are computed in. */
export const inConvolutionType = (kinds: LayerKinds): LayerKinds =>
  computedIn(kinds, ({ convolutionType }) => convolutionType);

/** Kinds that are computed in what their inputs come in; in float32 where these differ. */
export const inInputType = (kinds: LayerKinds): LayerKinds =>
  computedIn(kinds, (_, [first, ...others]) =>
    first !== undefined && others.every(({ type }) => type === first.type) ? first.type : 'float',
  );

export const inFloat32 = (kinds: LayerKinds): LayerKinds => computedIn(kinds, () => 'float');

function computedIn(
  kinds: LayerKinds,
  typeFor: (context: ForwardContext, inputs: readonly GraphTensor[]) => GraphTensor['type'],
): LayerKinds {
  const converted =
    (kind: LayerKind): LayerKind =>
    (layer) => {
      const forward = kind(layer);
      return (context, ...inputs) => {
        const type = typeFor(context, inputs);
        return forward(context, ...inputs.map((input) => castTo(context.graph, input, type)));
      };
    };
  return Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, converted(kind)]));
}
