// Finds which pixels of the input each cell of a layer's maps depends on, and where its middle lies.

import { kindOf } from './layer-kind.js';
import type { CellField, ReceptiveField } from './receptive-field.js';
import { type Call, MERGES, type Window, windowsOf } from './windows.js';

interface Reach extends Omit<CellField, 'middle'> {
  /** the same as if padding were pixels too */
  readonly low: number;
  readonly high: number;
}

interface Reaches {
  readonly rows: readonly Reach[];
  readonly columns: readonly Reach[];
}

/**
 * The receptive fields of each call, in the order in which they are computed; null where a layer has no height and width,
 * or is of a kind whose values may depend on every pixel.
 *
 * @param input the tensor of the network's input, and its [height, width, channels]
 */
export function findReceptiveFields<Each extends Call>(
  calls: readonly Each[],
  input: { id: number; shape: readonly (number | null)[] },
): Map<Each, ReceptiveField | null> {
  const byTensor = new Map<number, Reaches | null>([[input.id, inputReaches(input.shape)]]);
  return new Map(
    calls.map((call) => {
      const reaches = reachOf(call, byTensor, byTensor.get(input.id) ?? null);
      for (const output of call.outputs) byTensor.set(output, reaches);
      return [call, reaches && { rows: reaches.rows.map(toField), columns: reaches.columns.map(toField) }];
    }),
  );
}

const toField = ({ from, to, low, high }: Reach): CellField => ({ from, to, middle: (low + high) / 2 });

function inputReaches([height, width, channels]: readonly (number | null)[]): Reaches | null {
  if (typeof height !== 'number' || typeof width !== 'number' || channels === undefined) return null;
  const pixels = (size: number) =>
    Array.from({ length: size }, (_, at) => ({ from: at, to: at + 1, low: at, high: at + 1 }));
  return { rows: pixels(height), columns: pixels(width) };
}

function reachOf(call: Call, byTensor: ReadonlyMap<number, Reaches | null>, pixels: Reaches | null): Reaches | null {
  const given = call.inputs.map((id) => byTensor.get(id) ?? null);
  const [, height, width] = call.outputShapes[0] ?? [];
  if (call.outputShapes[0]?.length !== 4 || typeof height !== 'number' || typeof width !== 'number') return null;
  if (pixels === null) return null;
  if (MERGES.test(kindOf(call.layer))) return unite(given, { rows: height, columns: width }, pixels);
  const [reaches] = given;
  const windows = windowsOf(call);
  if (!reaches || windows === null) return null;
  const [rows, columns] = windows;
  return { rows: apply(rows, reaches.rows, height), columns: apply(columns, reaches.columns, width) };
}

function apply(window: Window, inputs: readonly Reach[], count: number): Reach[] {
  return Array.from({ length: count }, (_, output) => {
    const [first, last, step = 1] = window(output);
    const seen: Reach[] = [];
    for (let at = first; at <= last; at += step) {
      const reach = inputs[at];
      if (reach !== undefined && reach.to > reach.from) seen.push(reach);
    }
    const ends = [extrapolate(inputs, first), extrapolate(inputs, last)];
    return {
      from: seen.length > 0 ? Math.min(...seen.map(({ from }) => from)) : 0,
      to: seen.length > 0 ? Math.max(...seen.map(({ to }) => to)) : 0,
      low: Math.min(...ends.map(({ low }) => low)),
      high: Math.max(...ends.map(({ high }) => high)),
    };
  });
}

/** Where an input lies, also one of the padding: those go on in the steps of the outermost. */
function extrapolate(inputs: readonly Reach[], at: number): Pick<Reach, 'low' | 'high'> {
  const last = inputs.length - 1;
  const nearest = inputs[Math.min(last, Math.max(0, at))] as Reach;
  const inner = inputs[at < 0 ? Math.min(1, last) : Math.max(0, last - 1)] as Reach;
  const step = last === 0 ? nearest.high - nearest.low : Math.abs(inner.low - nearest.low);
  const beyond = (at < 0 ? at : Math.max(0, at - last)) * step;
  return { low: nearest.low + beyond, high: nearest.high + beyond };
}

/** Of several inputs at the same place: all that any of them sees. One that is spread over all places may see everything. */
function unite(
  given: readonly (Reaches | null)[],
  { rows, columns }: { rows: number; columns: number },
  pixels: Reaches,
): Reaches | null {
  const placed = given.filter((each) => each !== null && each.rows.length === rows && each.columns.length === columns);
  if (placed.length === 0) return null;
  const side = (name: 'rows' | 'columns') => {
    const united = (placed as Reaches[]).map((reaches) => reaches[name]).reduce(uniteSide);
    const everything = { from: 0, to: pixels[name].length };
    return placed.length === given.length ? united : united.map((reach) => ({ ...reach, ...everything }));
  };
  return { rows: side('rows'), columns: side('columns') };
}

function uniteSide(one: readonly Reach[], other: readonly Reach[]): Reach[] {
  return one.map((reach, index) => {
    const beside = other[index] as Reach;
    const seen = [reach, beside].filter(({ from, to }) => to > from);
    return {
      from: Math.min(...(seen.length > 0 ? seen : [reach]).map(({ from }) => from)),
      to: Math.max(...(seen.length > 0 ? seen : [reach]).map(({ to }) => to)),
      low: Math.min(reach.low, beside.low),
      high: Math.max(reach.high, beside.high),
    };
  });
}
