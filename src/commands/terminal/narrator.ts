import { formatAmount } from '../../base/counts.js';
import { formatDuration } from '../../cli/format.js';
import { createProgress, type Progress } from '../../cli/progress.js';
import { Sparkline } from '../../cli/sparkline.js';
import type { Terminal } from '../../cli/terminal.js';
import type { WorkflowEvent } from '../shared/events.js';
import { describeEvent } from './describe-event.js';
import type { EventLine } from './event-line.js';

/** Tells the user what a workflow reports. */
export interface Narrator {
  onEvent(event: WorkflowEvent): void;
  /** Takes the progress line away and says what was left for the end. */
  finish(): void;
}

type StepEvent = Extract<WorkflowEvent, { type: 'step' }>;

/** Bad images are named when they are found; of more than these their number says enough. */
const SHOWN_BAD_IMAGES = 10;

/** JSON mode: every event as it is, one a line. Text mode: lines for people, and a progress bar on a terminal. */
export function createNarrator(terminal: Terminal): Narrator {
  const progress = createProgress(terminal);
  let badCount = 0;
  const lossCourse = new Sparkline(12);
  let shownImage: string | undefined;
  let waitsForLock = false;
  return {
    onEvent(event) {
      terminal.json(event);
      if (event.type === 'bad-image') {
        if (++badCount <= SHOWN_BAD_IMAGES) {
          progress.clear();
          terminal.warn(`skipped ${event.path}: ${event.reason}`);
        }
      } else if (event.type === 'step') {
        lossCourse.add(event.loss);
        progress.update(`Epoch ${event.epoch}`, event.step, event.steps, describeStep(event, lossCourse));
      } else if (event.type === 'evaluation-step') {
        progress.update('Evaluating', event.step, event.steps, `${Math.round(event.imagesPerSecond)} images/s`);
      } else if (event.type === 'picture-drawn') {
        progress.update('Drawing', event.drawn, event.total, '');
      } else if (event.type === 'image-examined') {
        progress.update('Examining', event.done, event.total, 'images');
      } else if (event.type === 'image-placed') {
        progress.update('Writing', event.done, event.total, 'images');
      } else if (event.type === 'image-recognized') {
        progress.update('Recognizing', event.done, event.total, 'files');
      } else if (event.type === 'setup-progress') {
        const [done, total] = [event.doneBytes, event.totalBytes].map((bytes) => Math.round(bytes / 1e6));
        progress.update(event.step, done ?? 0, total ?? 0, 'MB');
      } else if (event.type === 'lock-waiting') {
        if (!waitsForLock) tell(describeEvent(event), terminal, progress);
        waitsForLock = true;
        const [silent, limit] = [event.silentMs, event.staleMs].map((ms) => Math.floor(ms / 1000));
        progress.update('Waiting', silent ?? 0, limit ?? 0, 's without a sign of it');
      } else if (event.type !== 'prediction' || event.image === shownImage) {
        // Where images are not shown one by one, predictions come as a table at the end.
        if (event.type === 'input') shownImage = event.image;
        tell(describeEvent(event), terminal, progress);
      }
    },
    finish() {
      progress.clear();
      if (badCount === 0) return;
      const where = badCount > SHOWN_BAD_IMAGES ? ' in all; --json names every one' : '';
      terminal.note(`Skipped ${formatAmount(badCount, 'bad image')}${where}.`, 'yellow');
      badCount = 0;
    },
  };
}

function tell(lines: EventLine[], terminal: Terminal, progress: Progress): void {
  if (lines.length > 0) progress.clear();
  for (const { kind, text } of lines) {
    if (kind === 'result') terminal.print(text);
    else if (kind === 'note') terminal.note(text, 'dim');
    else terminal.warn(text);
  }
}

/** What is least important comes last: a narrow terminal cuts it off. */
function describeStep({ loss, accuracy, imagesPerSecond, remainingMs }: StepEvent, lossCourse: Sparkline): string {
  const left = formatDuration(Math.ceil(remainingMs / 1000) * 1000);
  const figures = `loss ${loss.toFixed(4)} ${lossCourse}  accuracy ${accuracy.toFixed(4)}`;
  return `${figures}  ${left} left  ${Math.round(imagesPerSecond)} images/s`;
}
