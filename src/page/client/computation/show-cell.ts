// Shows how one value is computed: its sentence, its windows, and the value that the page has stored for it.

import { formatFixed, formatNumber, formatPercent, formatSignificant } from '../../../base/numbers.js';
import { placesFor, type RoundedTerms, roundTerms } from '../../../base/round-terms.js';
import { kernelLimits } from '../../kernels/kernel-steps.js';
import { exactSteps, stepCounts } from '../../map-steps.js';
import { texts } from '../../texts/en.js';
import { create } from '../dom.js';
import type { Ramps } from '../ramp.js';
import type { Computed } from './cell.js';
import type { Missing } from './compute-cell.js';
import { createGrid } from './number-grid.js';
import { roundSum, type Sum } from './round-sum.js';

/** What the page knows of the layers around a value. */
export interface CellContext {
  ramps: Ramps;
  /** of the inputs, in their order */
  inputNames: readonly string[];
  /** a channel of the first input in words, or a unit */
  nameChannel(channel: number): string;
  nameUnit(unit: number): string;
  /** as the page has it, and the layer's largest in size */
  stored: { value: number; accuracy: number; largest: number };
}

/** The sentence for whoever does not see the windows, and what there is to see. */
export interface ShownCell {
  sentence: string;
  parts: HTMLElement[];
}

export function showCell(computed: Computed | Missing, context: CellContext): ShownCell {
  if ('missing' in computed) {
    const { missing, layer } = computed;
    return {
      sentence: texts.computation.missing[missing](layer === '' ? (context.inputNames[0] ?? '') : layer),
      parts: [],
    };
  }
  const { sentence, parts } = showComputed(computed, context);
  return { sentence: `${sentence} ${compare(computed.value, context)}`, parts };
}

function showComputed(computed: Computed, context: CellContext): ShownCell {
  const [layer = ''] = context.inputNames;
  const value = formatNumber(computed.value);
  switch (computed.type) {
    case 'windows':
    case 'units':
      return showSum(computed, context);
    case 'pooling':
      return showPooling(computed, context);
    case 'map': {
      const sentence = computed.by === 'max' ? texts.computation.mapMaximum : texts.computation.mapMean;
      return { sentence: sentence(layer, computed.count, value), parts: [] };
    }
    case 'copy':
      return { sentence: texts.computation.copy(layer, computed.from, value), parts: [] };
    case 'affine': {
      const [from, scale, offset] = [computed.from, computed.scale, computed.offset].map(formatNumber);
      return {
        sentence: texts.computation.affine(layer, from as string, scale as string, offset as string, value),
        parts: [],
      };
    }
    case 'activation':
      return {
        sentence: texts.computation.activation(layer, formatNumber(computed.from), computed.activation, value),
        parts: [],
      };
    case 'addition': {
      const rounded = roundTerms(computed.from, placesFor(computed.from));
      const from = context.inputNames.map((name, index) => ({
        layer: name,
        value: rounded.format(rounded.terms[index] as number),
      }));
      return { sentence: texts.computation.addition(from, rounded.format(rounded.sum)), parts: [] };
    }
  }
}

function compare(value: number, { stored }: CellContext): string {
  const exact = Math.abs(value - stored.value);
  const share = stored.largest > 0 ? exact / stored.largest : 0;
  // Both to the same places, and the difference is that of what is printed.
  const places = placesFor([value, stored.value]);
  const [computed, held] = [value, stored.value].map((each) => formatFixed(each, places)) as [string, string];
  const printed = Math.abs(Math.round(value * 10 ** places) - Math.round(stored.value * 10 ** places)) / 10 ** places;
  return texts.computation.stored(
    computed,
    stored.accuracy > 0 ? `${held} ± ${formatSignificant(stored.accuracy, 1)}` : held,
    formatNumber(printed || exact),
    formatPercent(share),
  );
}

function showSum(computed: Sum, context: CellContext): ShownCell {
  const rounded = roundSum(computed);
  const { rest, bias, activation } = computed;
  const isOfWindows = computed.type === 'windows';
  const count = computed.terms.length + (rest?.count ?? 0);
  const sum = rounded.format(rounded.sum);
  const value = activation === 'relu' ? formatRelu(rounded) : formatNumber(computed.value);
  const texted = isOfWindows ? texts.computation.windows : texts.computation.units;
  const sentence = `${texted(count, bias !== undefined, sum)}${texts.computation.activated(activation, value)}.`;
  const list = create('ol', { className: 'terms' });
  list.append(...(isOfWindows ? windowRows(computed, rounded, context) : unitRows(computed, rounded, context)));
  let next = computed.terms.length;
  const amount = () => rounded.format(rounded.terms[next++] as number);
  if (rest)
    list.append(
      createRow((isOfWindows ? texts.computation.restOfChannels : texts.computation.restOfUnits)(rest.count), amount()),
    );
  if (bias !== undefined) list.append(createRow(texts.computation.bias, amount()));
  list.append(createRow(texts.computation.sum, sum, 'total'));
  if (activation !== 'linear') list.append(createRow(texts.computation.after(activation), value, 'total'));
  const { few, many } = kernelLimits;
  const why = texts.computation.why([Math.min(...stepCounts), exactSteps], [2 * many + 1, 2 * few + 1]);
  const parts = [list, create('p', { className: 'caption' }, why)];
  if (isOfWindows && computed.terms.some(({ window }) => window.values.includes(null))) {
    parts.push(create('p', { className: 'caption' }, texts.computation.padding));
  }
  return { sentence, parts };
}

/** What relu leaves is the sum as it is printed, or 0. */
function formatRelu({ sum, format }: RoundedTerms): string {
  return sum > 0 ? format(sum) : '0';
}

function windowRows({ terms }: Extract<Sum, { type: 'windows' }>, rounded: RoundedTerms, context: CellContext) {
  const { viridis, coolwarm } = context.ramps;
  const values = terms.flatMap(({ window }) => window.values.filter((value) => value !== null));
  const both = (sizes: readonly number[]) => {
    const limit = Math.max(...sizes.map(Math.abs));
    return { ramp: coolwarm, low: -limit, high: limit, isPale: true };
  };
  const ofWindow = { ramp: viridis, low: Math.min(0, ...values), high: Math.max(...values) };
  const ofKernel = both(terms.flatMap(({ kernel }) => kernel));
  const ofProducts = both(terms.flatMap(({ products }) => products));
  return terms.map(({ channel, window, kernel, products }, index) => {
    const { columns } = window;
    const units = rounded.terms[index] as number;
    const parts = roundTerms(products, rounded.places, units);
    const row = createRow(context.nameChannel(channel), rounded.format(units), 'window');
    const grids = create(
      'div',
      { className: 'grids', ariaHidden: 'true' },
      createGrid(window.values, columns, ofWindow),
      create('span', {}, '×'),
      createGrid(kernel, columns, ofKernel),
      create('span', {}, '='),
      createGrid(products, columns, ofProducts, { texts: parts.terms.map((part) => rounded.format(part)) }),
    );
    row.append(grids);
    return row;
  });
}

function unitRows({ terms }: Extract<Sum, { type: 'units' }>, rounded: RoundedTerms, context: CellContext) {
  return terms.map(({ unit, value, weight }, index) => {
    const row = createRow(context.nameUnit(unit), rounded.format(rounded.terms[index] as number));
    row.insertBefore(
      create('span', { className: 'working' }, `${formatNumber(value)} × ${formatNumber(weight)}`),
      row.lastChild,
    );
    return row;
  });
}

function createRow(name: string, amount: string, className = ''): HTMLLIElement {
  return create(
    'li',
    { className },
    create('span', { className: 'name' }, name),
    create('span', { className: 'amount' }, amount),
  );
}

function showPooling(computed: Extract<Computed, { type: 'pooling' }>, { ramps, inputNames }: CellContext): ShownCell {
  const { window, winner } = computed;
  const inside = window.values.filter((value) => value !== null);
  const sentence = winner === undefined ? texts.computation.mean : texts.computation.maximum;
  const colors = { ramp: ramps.viridis, low: Math.min(0, ...inside), high: Math.max(...inside) };
  const grid = createGrid(window.values, window.columns, colors, { marked: winner });
  grid.ariaHidden = 'true';
  const parts = [grid];
  if (inside.length < window.values.length)
    parts.push(create('p', { className: 'caption' }, texts.computation.paddingIgnored));
  return { sentence: sentence(inputNames[0] ?? '', inside.length, formatNumber(computed.value)), parts };
}
