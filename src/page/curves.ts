// Loss and accuracy of a run as drawings that take the page's colors.

import { chartStyle, ink, secondaryInk, seriesColors } from '../output/charts/chart-style.js';
import { type Curves, chartCurve } from '../output/charts/curves-chart.js';
import { drawSvg } from '../output/charts/draw-chart.js';
import { html, Markup } from './markup.js';
import { written } from './texts/en-written.js';

const size = { width: 340, height: 190 };
/** The page's font may be wider than the one that charts are laid out in. */
const padding = { left: 4, top: 4, right: 30, bottom: 4 };

/** By which variables of the style sheet the page has a chart's colors. */
const variables: Record<string, string> = {
  white: '--paper',
  [ink]: '--ink',
  [secondaryInk]: '--soft',
  [chartStyle.axis.gridColor]: '--line',
  [seriesColors[0] as string]: '--accent',
  [seriesColors[1] as string]: '--second',
};

/** Loss and accuracy of each epoch as two drawings. */
export async function drawCurves(curves: Curves): Promise<Markup> {
  const { trainingLoss, trainingAccuracy, validationLoss = [], validationAccuracy = [] } = curves;
  return html`
${await drawCurve(curves, 'loss', describe('loss', trainingLoss, validationLoss))}
${await drawCurve(curves, 'accuracy', describe('accuracy', trainingAccuracy, validationAccuracy))}`;
}

async function drawCurve(curves: Curves, metric: 'loss' | 'accuracy', label: string): Promise<Markup> {
  const chart = chartCurve(curves, { ...size, metric, namesBest: true, namesEpoch: true });
  const svg = await drawSvg({ vconcat: [chart], background: 'transparent', padding, config: { aria: false } });
  // A page has its own font, and as many pixels as it has room for. Of an image that has a name nothing else is read out.
  const content = svg
    .replace(/^<svg [^>]*?(viewBox="[^"]*")>/, '$1>')
    .replaceAll(/ (?:font-family|class|role|aria-\w+|opacity|pointer-events)="[^"]*"/g, '')
    .replaceAll(/<path d="(?:M0,0h[\d.]+v[\d.]+h-?[\d.]+Z)?"(?: display="none")?\/>/g, '')
    .replaceAll(/ (fill|stroke)="([^"]*)"/g, (attribute, name, color) =>
      color in variables ? ` ${name}="var(${variables[color]})"` : attribute,
    );
  return html`<figure><svg role="img" aria-label="${label}" ${new Markup(content)}</figure>`;
}

function describe(
  metric: 'loss' | 'accuracy',
  training: Curves['trainingLoss'],
  validation: Curves['trainingLoss'],
): string {
  const endOf = (values: typeof training) => {
    const last = values.findLast((value) => value !== null && Number.isFinite(value));
    return typeof last === 'number' ? last.toFixed(4) : undefined;
  };
  const ends = { training: endOf(training), validation: endOf(validation) };
  const known = Object.fromEntries(Object.entries(ends).filter(([, value]) => value !== undefined));
  return written.training.curve(metric, training.length, known);
}
