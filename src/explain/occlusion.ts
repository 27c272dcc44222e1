import type { PerturbingMap } from './cam.js';
import { scoreMasks } from './score-masks.js';
import type { SpatialLayer } from './select-layer.js';
import { targetScore } from './targets.js';

/** Of the longer side: how far the window moves. It is twice as wide. */
const stepShare = 0.1;

/**
 * Occlusion: how much the score falls when a window is hidden.
 *
 *     M_ij = y - y_ij        y_ij: the score where the window around (i, j) is replaced
 *
 * Zeiler, Fergus: "Visualizing and Understanding Convolutional Networks", ECCV 2014, section 4.2. Costs a run of the network for
 * each window, 100 of a square image.
 *
 * What takes the window's place decides much: black is an object of its own to many networks.
 */
export const occlusion: PerturbingMap = async (image) => {
  const { network, layer, targets } = image;
  const [, width = 1] = network.inputShape;
  const [rows, columns] = layer.shape;
  const maps = targets.map(() => new Float32Array(rows * columns));
  let intact: Float32Array | undefined;
  await scoreMasks(
    image,
    rows * columns + 1,
    (mask, number) => {
      mask.fill(1);
      if (number > 0) hide(mask, width, layer, number - 1);
    },
    (scores, _, number) => {
      intact ??= scores.slice();
      for (const [index, target] of targets.entries()) {
        if (number === 0) continue;
        (maps[index] as Float32Array)[number - 1] = targetScore(target, intact) - targetScore(target, scores);
      }
    },
  );
  return maps;
};

/** The windows as if they were the cells of a layer. */
export function windowsOf(inputShape: readonly number[]): SpatialLayer {
  const [height = 1, width = 1, channels = 1] = inputShape;
  const step = Math.max(1, Math.round(stepShare * Math.max(height, width)));
  const margin = Math.floor(step / 2);
  const side = (size: number) =>
    Array.from({ length: Math.ceil(size / step) }, (_, cell) => ({
      from: Math.max(0, cell * step - margin),
      to: Math.min(size, (cell + 1) * step + margin),
      middle: (cell * step + Math.min(size, (cell + 1) * step)) / 2,
    }));
  const field = { rows: side(height), columns: side(width) };
  return { name: 'input', shape: [field.rows.length, field.columns.length, channels], field };
}

function hide(mask: Float32Array, width: number, { shape: [, columns], field }: SpatialLayer, window: number): void {
  const rows = field?.rows[Math.floor(window / columns)];
  const across = field?.columns[window % columns];
  if (rows === undefined || across === undefined) return;
  for (let y = rows.from; y < rows.to; y++) mask.fill(0, y * width + across.from, y * width + across.to);
}
