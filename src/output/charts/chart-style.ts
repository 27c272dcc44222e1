/**
 * Okabe and Ito's colors (2008), distinguishable for color-blind readers, the darker ones first; yellow is too light for a
 * line.
 */
export const seriesColors = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#000000', '#7F7F7F'];

/** Dash patterns that distinguish lines without color, in the order of the colors. */
export const seriesDashes = [
  [1, 0],
  [7, 4],
  [2, 3],
  [9, 3, 2, 3],
  [14, 5],
  [4, 2],
  [1, 4],
  [8, 2, 2, 2, 2, 2],
];

/** Nearly black. */
export const ink = '#181820';
export const secondaryInk = '#5C5C68';

/** Vega-Lite's configuration of every chart. */
export const chartStyle = {
  font: 'Source Sans 3',
  background: 'white',
  padding: { left: 14, top: 14, right: 20, bottom: 14 },
  view: { stroke: null },
  title: {
    anchor: 'start',
    frame: 'group',
    color: ink,
    fontSize: 18,
    fontWeight: 600,
    offset: 14,
    subtitleColor: secondaryInk,
    subtitleFontSize: 13,
    subtitlePadding: 5,
    limit: 0,
  },
  axis: {
    labelColor: ink,
    labelFontSize: 12,
    labelLimit: 0,
    labelFlush: false,
    titleColor: ink,
    titleFontSize: 13,
    titleFontWeight: 'normal',
    titlePadding: 8,
    domainColor: secondaryInk,
    tickColor: secondaryInk,
    gridColor: '#E4E4E8',
  },
  // Panels that stand below each other have their titles at the same place.
  axisY: { minExtent: 34, maxExtent: 34 },
  legend: { labelColor: ink, labelFontSize: 13, labelLimit: 0, titleColor: ink, titleFontSize: 13, symbolSize: 600 },
  text: { color: ink, fontSize: 13 },
} as const;
