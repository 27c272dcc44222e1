// A network's view of an image in one picture: from the input through its layers to the prediction.

import { createRaster, type Raster } from '../base/raster.js';
import { type ColorBar, colorBarSize, drawColorBar } from './color-bar.js';
import { type ColormapName, getColormap } from './colormap.js';
import {
  drawArrow,
  drawLayerCard,
  drawPhotographCard,
  drawPredictionCard,
  LABEL_HEIGHT,
  type OverviewLayer,
  type TileColumns,
  tileSize,
} from './overview-cards.js';
import type { NamedProbability } from './probabilities.js';
import { colors } from './style.js';
import { drawText, textHeight } from './text.js';
import { makeThumbnail } from './thumbnail.js';
import { wrapText } from './wrap-text.js';

export interface OverviewOptions {
  title: string;
  /** what the network got */
  photograph: Raster;
  layers: readonly OverviewLayer[];
  /** what comes after the last one of these: a line each */
  rest: readonly string[];
  /** absent: the network gives no probabilities */
  classes?: readonly NamedProbability[];
  /** right or wrong, in words */
  verdict?: string;
  colormap: ColormapName;
  /** what is to be said below */
  sentences: readonly string[];
}

const unit = 2;
const titleUnit = 3;
const margin = 28;
const lineHeight = textHeight(unit) + 4 * unit;
/** The image's longer side on each card, pixels; the arrow between two cards; the last card. */
const pictureSize = 150;
const gap = 40;
const predictionWidth = 300;
/** Room for a card's name and shape; between two rows of cards. */
const nameHeight = 2 * lineHeight + 4;
const rowGap = 24;

/** How the cards lie: so many a row, each with its channels in so many columns of tiles. */
interface Layout {
  perRow: number;
  tileColumns: TileColumns;
  width: number;
  height: number;
}

/**
 * The image, and it again under the mean absolute activation of each layer, with the layer's strongest channels below; last the
 * prediction. About as wide and high as a slide.
 */
export function renderOverview(options: OverviewOptions): Raster {
  const { title, layers, classes, verdict, sentences } = options;
  const colormap = getColormap(options.colormap);
  const bar: ColorBar = {
    caption: 'each map: 0 to its max |value|',
    ticks: [
      { position: 0, label: '0' },
      { position: 1, label: 'max' },
    ],
    colormap,
  };
  const tileCount = Math.max(0, ...layers.map(({ strongest }) => strongest.length));
  const layout = chooseLayout(layers.length + 1, tileCount);
  const barSize = colorBarSize(bar, unit);
  const titleLines = wrapText(title, layout.width - 2 * margin - barSize.width - 30, titleUnit);
  const notes = sentences.flatMap((sentence) => wrapText(sentence, layout.width - 2 * margin, unit));
  const titleHeight = titleLines.length * (textHeight(titleUnit) + 5 * unit);
  const top = margin + Math.max(titleHeight, barSize.height) + 14;
  const raster = createRaster(layout.width, top + layout.height + notes.length * lineHeight + margin, colors.page);
  titleLines.forEach((line, index) => {
    drawText(raster, line, margin, margin + index * (textHeight(titleUnit) + 5 * unit), titleUnit, colors.ink);
  });
  drawColorBar(raster, bar, layout.width - margin - barSize.width, margin, unit);
  const place = (card: number) => ({
    x: margin + (card % layout.perRow) * (pictureSize + gap),
    y: top + Math.floor(card / layout.perRow) * (cardHeight(layout.tileColumns, tileCount) + rowGap),
    size: pictureSize,
    unit,
  });
  const photograph = makeThumbnail(options.photograph, pictureSize);
  drawPhotographCard(raster, photograph, options.photograph, place(0));
  layers.forEach((layer, index) => {
    const at = place(index + 1);
    drawArrow(raster, at.x - gap / 2, at.y + nameHeight + pictureSize / 2);
    const { tileColumns } = layout;
    drawLayerCard(raster, layer, { ...at, photograph, tileColumns, colormap });
  });
  const last = place(layers.length + 1);
  drawArrow(raster, last.x - gap / 2, last.y + nameHeight + pictureSize / 2);
  const prediction = { rest: options.rest, classes: classes ?? [], ...(verdict && { verdict }) };
  drawPredictionCard(raster, prediction, { ...last, width: predictionWidth });
  notes.forEach((line, index) => {
    drawText(raster, line, margin, top + layout.height + index * lineHeight, unit, colors.ink);
  });
  return raster;
}

function cardHeight(tileColumns: TileColumns, tileCount: number): number {
  const tileStep = tileSize(pictureSize, tileColumns) + LABEL_HEIGHT;
  return nameHeight + pictureSize + 12 + Math.ceil(tileCount / tileColumns) * tileStep;
}

const wantedProportion = 16 / 9;
const perRowAtMost = 12;

/** The arrangement that comes nearest to a slide. @param count cards before the prediction */
function chooseLayout(count: number, tileCount: number): Layout {
  const layouts: Layout[] = [];
  for (let rows = 1; rows <= 4; rows++) {
    const perRow = Math.ceil((count + 1) / rows);
    if (perRow > perRowAtMost) continue;
    for (const tileColumns of [1, 2, 3] as const) {
      const used = Math.ceil((count + 1) / perRow);
      // The prediction ends the last row, which may be the longest.
      const inLast = count % perRow;
      const widest = Math.max(
        Math.min(perRow, count) * (pictureSize + gap) - gap,
        inLast * (pictureSize + gap) + predictionWidth,
      );
      const height = used * (cardHeight(tileColumns, tileCount) + rowGap);
      layouts.push({ perRow, tileColumns, width: Math.max(700, widest + 2 * margin), height });
    }
  }
  const distance = ({ width, height }: Layout) => Math.abs(Math.log(width / (height + 90) / wantedProportion));
  return layouts.toSorted((a, b) => distance(a) - distance(b))[0] as Layout;
}
