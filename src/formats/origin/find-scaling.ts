// Whether a network scales its pixels by itself.

import type { LayerDefinition, NetworkDefinition } from '../network-definition.js';
import type { Known } from '../network-file.js';

/** What comes before: layers that leave the values of pixels as they are. */
const LEAVES_VALUES = /^(InputLayer|Random\w+|Resizing|CenterCrop|ZeroPadding2D|Cropping2D|Dropout|Identity)$/;
const SCALES = /^(Rescaling|Normalization)$/;
const SCALES_AS_OPERATION = /^(TrueDivide|Divide|Multiply|Subtract)$/;

/** Undefined where its first layers do not scale: then only its author knows what pixels it wants. */
export function findScaling({ layers, inputs }: NetworkDefinition): Known<'raw'> | undefined {
  let address = inputs[0]?.layer;
  for (const _ of layers) {
    const next = layers.filter(({ calls }) => calls.some((call) => call.inputs[0]?.layer === address));
    const scaling = next.find(isScaling);
    if (scaling !== undefined) return { value: 'raw', source: `its layer ${scaling.address}, which scales the pixels` };
    if (next.length !== 1 || !LEAVES_VALUES.test((next[0] as LayerDefinition).kind)) return undefined;
    address = next[0]?.address;
  }
  return undefined;
}

function isScaling({ kind, isOperation }: LayerDefinition): boolean {
  return (isOperation ? SCALES_AS_OPERATION : SCALES).test(kind);
}
