import { formatAmount, formatCount } from '../../base/counts.js';
import { formatDuration, formatPath, formatShape, padEnd } from '../../cli/format.js';
import type { WorkflowEvent } from '../shared/events.js';
import { describeDataNote, describeDataset } from './describe-data.js';
import { describeOverlap } from './describe-overlap.js';
import type { EventLine } from './event-line.js';

/** The events that are told in lines of text; the others move a bar, or are told at the end. */
export type ToldEvent = Exclude<
  WorkflowEvent,
  {
    type:
      | 'step'
      | 'evaluation-step'
      | 'picture-drawn'
      | 'image-examined'
      | 'image-placed'
      | 'image-recognized'
      | 'setup-progress'
      | 'bad-image';
  }
>;
type EventOf<Type extends ToldEvent['type']> = Extract<ToldEvent, { type: Type }>;

/** of the column with names of layers and classes: `batch_normalization_5` is the longest that train makes */
const NAME_WIDTH = 21;

/** A line about an image: what it is about, then what there is to say. */
function inColumn(name: string, text: string): string {
  return `  ${padEnd(name, NAME_WIDTH)} ${text}`;
}

const SETUP_STEPS: Record<EventOf<'setup-step'>['step'], string> = {
  download: 'Downloading TensorFlow',
  verify: 'Checking the download',
  unpack: 'Unpacking the libraries',
  compile: 'Compiling the binding (about 10 s)',
  strip: 'Stripping the libraries',
  check: 'Trying it out',
};

/** What a person is told of an event, in plain text; nothing for most. */
export function describeEvent(event: ToldEvent): EventLine[] {
  switch (event.type) {
    case 'backend':
      return describeBackend(event);
    case 'warning':
      return [{ kind: 'warning', text: event.message }];
    case 'dataset':
      return [{ kind: 'result', text: describeDataset(event) }];
    case 'groups':
      return [{ kind: 'note', text: describeGroups(event) }];
    case 'overlap':
      return describeOverlap(event);
    case 'data-places':
    case 'unusable-split':
    case 'left-out':
      return [describeDataNote(event)];
    case 'model':
      return [{ kind: 'note', text: describeModel(event) }];
    case 'class-weights':
      return [{ kind: 'note', text: describeClassWeights(event) }];
    case 'resumed':
      return describeResumption(event);
    case 'epoch-ended':
      return [{ kind: 'result', text: describeEpoch(event) }];
    case 'learning-rate-reduced':
      return [{ kind: 'note', text: `Plateau: the learning rate is now ${Number(event.learningRate.toPrecision(4))}` }];
    case 'stopped-early':
      return [{ kind: 'note', text: describeEarlyStop(event) }];
    case 'input':
      return [
        { kind: 'result', text: event.image },
        { kind: 'result', text: inColumn('input', formatShape(event.inputShape)) },
      ];
    case 'layer':
      return describeLayer(event);
    case 'prediction':
      return [{ kind: 'result', text: inColumn('prediction', describePrediction(event)) }];
    case 'kernels':
      return [{ kind: 'result', text: inColumn(event.name, formatShape(event.shape)) }];
    case 'caution':
      return [{ kind: 'result', text: inColumn('', event.sentence) }];
    case 'explanation':
      return describeExplanation(event);
    case 'file-written':
      return [{ kind: 'result', text: `  ${event.path}` }];
    case 'setup-step':
      return [{ kind: 'note', text: SETUP_STEPS[event.step] }];
    case 'setup-waiting':
      return [{ kind: 'note', text: `Waiting for process ${event.pid}, which is setting up already` }];
    case 'lock-waiting':
      return [{ kind: 'note', text: describeLockWaiting(event) }];
    case 'epoch-started':
    case 'saved':
      return [];
  }
}

function describeLockWaiting({ pid, host, staleMs }: EventOf<'lock-waiting'>): string {
  const holder = pid === undefined ? 'another process' : `process ${pid} on ${host}`;
  const limit = formatDuration(staleMs);
  return `Waiting for ${holder}, which was training this run: it counts as gone when nothing is heard of it for ${limit}`;
}

/** `cats, probability 0.9731` */
function describePrediction({ className, probability }: { className: string; probability: number }): string {
  return `${className}, probability ${probability.toFixed(4)}`;
}

function describeExplanation({
  className,
  score,
  probability,
  evidence,
  sentence,
}: EventOf<'explanation'>): EventLine[] {
  const numbers = `score ${Number(score.toPrecision(4))}, probability ${probability.toFixed(4)}`;
  const told: EventLine[] = [{ kind: 'result', text: inColumn(className, numbers) }];
  if (sentence === undefined) return told;
  if (evidence === 'undefined') return [...told, { kind: 'warning', text: sentence }];
  return [...told, { kind: 'result', text: inColumn('', sentence) }];
}

function describeBackend({ name, version, threads, refusals }: EventOf<'backend'>): EventLine[] {
  const [refused] = refusals;
  const told: EventLine[] = [{ kind: 'note', text: `Backend: ${describeBackendName(name, version, threads)}` }];
  if (refused === undefined) return told;
  const hint = refused.hint === undefined ? '' : ` ${refused.hint}`;
  const text = `native TensorFlow is not used, so this will be slower: ${refused.reason.replace(/\.$/, '')}.${hint}`;
  return [{ kind: 'warning', text }, ...told];
}

function describeBackendName(name: string, version: string, threads: number): string {
  const names: Record<string, string> = { native: 'native TensorFlow', wasm: 'WebAssembly', cpu: 'plain JavaScript' };
  return `${names[name] ?? name} ${version}, ${formatAmount(threads, 'thread')}`;
}

function describeGroups({ groupBy, trainCount, validationCount, sharedCount }: EventOf<'groups'>): string {
  const shared = sharedCount === 0 ? '' : `, ${sharedCount} on both sides`;
  return `Groups by ${groupBy}: ${formatCount(trainCount)} in train, ${formatCount(validationCount)} in validation${shared}`;
}

function describeClassWeights({ classNames, weights }: EventOf<'class-weights'>): string {
  return `Class weights: ${classNames.map((name, index) => `${name} ${weights[index]?.toFixed(3)}`).join(', ')}`;
}

function describeModel({ path, parameterCount, weights, epoch }: EventOf<'model'>): string {
  const parameters = `${formatCount(parameterCount)} parameters`;
  if (path === undefined) return `Network: ${parameters}`;
  const taken = [weights && `${weights} weights`, epoch && `epoch ${epoch}`, parameters].filter(Boolean).join(', ');
  return `Model: ${formatPath(path)} (${taken})`;
}

function describeResumption({ path, epoch, epochs, step, differences }: EventOf<'resumed'>): EventLine[] {
  const done = `${formatAmount(epoch, 'epoch')} of ${epochs}, ${formatAmount(step, 'step')}`;
  const told: EventLine[] = [{ kind: 'note', text: `Resuming: ${formatPath(path)} (${done})` }];
  if (differences.length === 0) return told;
  const text = `not bit for bit what the run would have become without the stop: ${differences.join('; ')}`;
  return [...told, { kind: 'warning', text }];
}

function describeEpoch(event: EventOf<'epoch-ended'>): string {
  const number = String(event.epoch).padStart(String(event.epochs).length);
  const numbers: [string, number | undefined][] = [
    ['loss', event.loss],
    ['accuracy', event.accuracy],
    ['val_loss', event.validationLoss],
    ['val_accuracy', event.validationAccuracy],
  ];
  const shown = numbers.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value.toFixed(4)}`]));
  return [`Epoch ${number}/${event.epochs}`, ...shown, formatDuration(event.durationMs)].join('  ');
}

function describeEarlyStop({ epoch, monitor, patience }: EventOf<'stopped-early'>): string {
  return `Stopped after epoch ${epoch}: ${monitor} no better for ${formatAmount(patience, 'epoch')}`;
}

function describeLayer({ name, shape, zeroCount, nonFiniteCount, rankedBy, top = [] }: EventOf<'layer'>): EventLine[] {
  const noun = shape.length === 4 ? 'channel' : 'unit';
  const zeros = zeroCount === 0 ? '' : `  ${formatAmount(zeroCount, noun)} all 0`;
  const told: EventLine[] = [{ kind: 'result', text: inColumn(name, `${formatShape(shape)}${zeros}`) }];
  if (top.length > 0) {
    const named = top.slice(0, 5).map(({ channel, value }) => `${channel} (${Number(value.toPrecision(3))})`);
    const more = top.length > named.length ? ', ...' : '';
    told.push({
      kind: 'result',
      text: inColumn('', `strongest by ${rankedBy}: ${named.join(', ')}${more}`),
    });
  }
  if (nonFiniteCount === 0) return told;
  const text = `${name}: NaN or infinite values in ${formatAmount(nonFiniteCount, 'channel')} of ${shape.at(-1)}`;
  return [...told, { kind: 'warning', text }];
}
