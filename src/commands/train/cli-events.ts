// What a training reports, in lines of text and steps of the progress line.

import { formatAmount, formatCount } from '../../base/counts.js';
import { formatSignificant } from '../../base/numbers.js';
import { formatBytes, formatDuration, formatPath } from '../../cli/format.js';
import { Sparkline } from '../../cli/sparkline.js';
import { type EventDescribers, type EventLine, showProgress } from '../terminal/event-line.js';
import type { TrainingEvent } from './events.js';

type EventOf<Type extends TrainingEvent['type']> = Extract<TrainingEvent, { type: Type }>;

/** Describes the events of one training: the course of its loss, and that it waits, are shown across events. */
export function describeTraining(): EventDescribers<TrainingEvent> {
  const lossCourse = new Sparkline(12);
  let waits = false;
  return {
    cluster: describeCluster,
    live: ({ url }) => [{ kind: 'address', text: `Live: ${url}` }],
    unchecked: ({ workers }) => [
      { kind: 'note', text: `Images are not checked with ${workers} workers: cnnviz check does that` },
    ],
    'cluster-traffic': ({ bytesSent }) => [
      { kind: 'note', text: `Each step sends ${formatBytes(bytesSent)} a worker` },
    ],
    'lock-waiting': (event) => {
      const lines = [...(waits ? [] : [describeLockWaiting(event)]), describeSilence(event)];
      waits = true;
      return lines;
    },
    groups: (event) => [{ kind: 'note', text: describeGroups(event) }],
    'class-weights': (event) => [{ kind: 'note', text: describeClassWeights(event) }],
    resumed: describeResumption,
    'features-step': ({ done, total }) => [showProgress('Features', done, total, 'images')],
    features: (event) => [{ kind: 'note', text: describeFeatures(event) }],
    'epoch-started': () => [],
    step: (event) => {
      lossCourse.add(event.loss);
      return [showProgress(`Epoch ${event.epoch}`, event.step, event.steps, describeStep(event, lossCourse))];
    },
    'epoch-ended': (event) => [{ kind: 'result', text: describeEpoch(event) }],
    'learning-rate-reduced': ({ learningRate }) => [
      { kind: 'note', text: `Plateau: the learning rate is now ${formatSignificant(learningRate, 4)}` },
    ],
    'stopped-early': (event) => [{ kind: 'note', text: describeEarlyStop(event) }],
    saved: () => [],
  };
}

function describeCluster({ index, addresses, isPrivate }: EventOf<'cluster'>): EventLine[] {
  const own = addresses[index] as string;
  const lines: EventLine[] = [{ kind: 'note', text: `Worker ${index} of ${addresses.length}: ${own}` }];
  if (isPrivate) return lines;
  const port = own.slice(own.lastIndexOf(':') + 1);
  const text = `port ${port} is open on every interface and obeys whoever reaches it: use it in a private network only`;
  return [...lines, { kind: 'warning', text }];
}

function describeLockWaiting({ pid, host, staleMs }: EventOf<'lock-waiting'>): EventLine {
  const holder = pid === undefined ? 'another process' : `process ${pid} on ${host}`;
  const limit = formatDuration(staleMs);
  const text = `Waiting for ${holder}, which was training this run: it counts as gone after ${limit} without a sign of life`;
  return { kind: 'note', text };
}

function describeSilence({ silentMs, staleMs }: EventOf<'lock-waiting'>): EventLine {
  const [silent, limit] = [silentMs, staleMs].map((ms) => Math.floor(ms / 1000)) as [number, number];
  return showProgress('Waiting', silent, limit, 's without a sign of life');
}

function describeGroups({ groupBy, trainCount, validationCount, sharedCount }: EventOf<'groups'>): string {
  const shared = sharedCount === 0 ? '' : `, ${sharedCount} on both sides`;
  return `Groups by ${groupBy}: ${formatCount(trainCount)} in train, ${formatCount(validationCount)} in validation${shared}`;
}

function describeClassWeights({ classNames, weights }: EventOf<'class-weights'>): string {
  return `Class weights: ${classNames.map((name, index) => `${name} ${weights[index]?.toFixed(3)}`).join(', ')}`;
}

function describeResumption({ path, epoch, epochs, step, differences }: EventOf<'resumed'>): EventLine[] {
  const done = `${formatAmount(epoch, 'epoch')} of ${epochs}, ${formatAmount(step, 'step')}`;
  const lines: EventLine[] = [{ kind: 'note', text: `Resuming: ${formatPath(path)} (${done})` }];
  if (differences.length === 0) return lines;
  const text = `the resumed run will not be bit-for-bit identical to an uninterrupted one: ${differences.join('; ')}`;
  return [...lines, { kind: 'warning', text }];
}

function describeFeatures({ imageCount, width, bytes, durationMs }: EventOf<'features'>): string {
  const size = `${formatAmount(imageCount, 'image')} x ${formatAmount(width, 'number')}, ${formatBytes(bytes)} in memory`;
  return `Features of the base: ${size}, computed once in ${formatDuration(durationMs)}`;
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
  return `Stopped after epoch ${epoch}: ${monitor} did not improve for ${formatAmount(patience, 'epoch')}`;
}

/** What is least important comes last: a narrow terminal cuts it off. */
function describeStep(
  { loss, accuracy, imagesPerSecond, remainingMs }: EventOf<'step'>,
  lossCourse: Sparkline,
): string {
  const left = formatDuration(Math.ceil(remainingMs / 1000) * 1000);
  const metrics = `loss ${loss.toFixed(4)} ${lossCourse}  accuracy ${accuracy.toFixed(4)}`;
  return `${metrics}  ${left} left  ${Math.round(imagesPerSecond)} images/s`;
}
