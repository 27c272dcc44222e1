// What every command may report, in lines of text and steps of the progress line.

import { formatAmount, formatCount } from '../../base/counts.js';
import { formatSignificant } from '../../base/numbers.js';
import { formatPath, formatShape } from '../../cli/format.js';
import type { SharedEvent } from '../shared/events.js';
import {
  type CheckedPrediction,
  describeCorrectness,
  describePrediction as nameProbability,
} from '../shared/true-class.js';
import { describeDataNote, describeDataset } from './describe-data.js';
import { describeOverlap } from './describe-overlap.js';
import { type EventLine, showProgress } from './event-line.js';
import { inColumn } from './in-column.js';

type EventOf<Type extends SharedEvent['type']> = Extract<SharedEvent, { type: Type }>;

const BACKENDS: Record<EventOf<'backend'>['name'], string> = {
  native: 'native TensorFlow',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
  webgpu: 'WebGPU (experimental)',
};

const STAGES: Record<EventOf<'stage'>['stage'], string> = {
  scanning: 'Looking for images ...',
  comparing: 'Comparing train with validation ...',
  'starting-backend': 'Starting TensorFlow ...',
  'first-images': 'Compiling the network and reading the first images ...',
  grouping: 'Grouping channels ...',
};

function describeStage({ stage, done, total }: EventOf<'stage'>): EventLine {
  if (done === undefined || total === undefined) return { kind: 'waiting', text: STAGES[stage] };
  return showProgress('Grouping', done, total, 'searches');
}

/** What the terminal shows of an event that every command may report, in plain text. */
export function describeEvent(event: SharedEvent): EventLine[] {
  switch (event.type) {
    case 'backend':
      return describeBackend(event);
    case 'stage':
      return [describeStage(event)];
    case 'warning':
      return [{ kind: 'warning', text: event.message }];
    case 'note':
      return [{ kind: 'note', text: event.message }];
    case 'bad-image':
      return [{ kind: 'warning', text: `skipped ${event.path}: ${event.reason}` }];
    case 'dataset':
      return [{ kind: 'result', text: describeDataset(event) }];
    case 'overlap':
      return describeOverlap(event);
    case 'data-places':
    case 'unusable-split':
    case 'left-out':
      return [describeDataNote(event)];
    case 'model':
      return [{ kind: 'note', text: describeModel(event) }];
    case 'input':
      return [
        { kind: 'result', text: event.image },
        { kind: 'result', text: inColumn('input', formatShape(event.inputShape)) },
      ];
    case 'prediction':
      return describePrediction(event);
    case 'caution':
      return [{ kind: 'result', text: inColumn('', event.sentence) }];
    case 'explanation':
      return describeExplanation(event);
    case 'image-started':
    case 'image-ended':
    case 'file-written':
      return [];
    case 'evaluation-step':
      return [showProgress('Evaluating', event.step, event.steps, `${Math.round(event.imagesPerSecond)} images/s`)];
    case 'network-run':
      return [showProgress('Explaining', event.done, event.total, 'runs of the network')];
    case 'picture-drawn':
      return [showProgress('Drawing', event.drawn, event.total)];
    case 'image-examined':
      return [showProgress('Examining', event.done, event.total, 'images')];
    case 'image-recognized':
      return [showProgress('Recognizing', event.done, event.total, 'files')];
  }
}

/** `cats, probability 0.9731, right`, and every class where there are a few more */
function describePrediction({ className, probability, classes, ...checked }: CheckedPrediction): EventLine[] {
  const correctness = describeCorrectness(checked);
  const named = `${className}, probability ${probability.toFixed(4)}`;
  const lines = [inColumn('prediction', [named, ...(correctness ? [correctness] : [])].join(', '))];
  if (classes) lines.push(inColumn('all classes', classes.map(nameProbability).join(', ')));
  return lines.map((text) => ({ kind: 'result', text }));
}

function describeExplanation({
  className,
  score,
  probability,
  evidence,
  sentence,
  again,
}: EventOf<'explanation'>): EventLine[] {
  const numbers = `score ${formatSignificant(score, 4)}, probability ${probability.toFixed(4)}`;
  const lines: EventLine[] = again ? [] : [{ kind: 'result', text: inColumn(className, numbers) }];
  if (sentence === undefined) return lines;
  if (evidence === 'undefined') return [...lines, { kind: 'warning', text: sentence }];
  return [...lines, { kind: 'result', text: inColumn('', sentence) }];
}

function describeBackend({ name, version, threads, device, refusals }: EventOf<'backend'>): EventLine[] {
  const [refused] = refusals;
  const place = device ?? formatAmount(threads, 'thread');
  const lines: EventLine[] = [{ kind: 'note', text: `Backend: ${BACKENDS[name]} ${version}, ${place}` }];
  if (refused === undefined) return lines;
  const hint = refused.hint === undefined ? '' : ` ${refused.hint}`;
  const text = `native TensorFlow is not used, so this will be slower: ${refused.reason.replace(/\.$/, '')}.${hint}`;
  return [{ kind: 'warning', text }, ...lines];
}

function describeModel({ path, parameterCount, weights, epoch }: EventOf<'model'>): string {
  const parameters = `${formatCount(parameterCount)} parameters`;
  if (path === undefined) return `Network: ${parameters}`;
  const taken = [weights && `${weights} weights`, epoch && `epoch ${epoch}`, parameters].filter(Boolean).join(', ');
  return `Model: ${formatPath(path)} (${taken})`;
}
