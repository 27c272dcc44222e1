import { formatAmount } from '../../base/counts.js';
import { createProgress } from '../../cli/progress.js';
import type { Terminal } from '../../cli/terminal.js';
import type { SharedEvent } from '../shared/events.js';
import { describeEvent } from './describe-event.js';
import type { EventDescribers, EventLine } from './event-line.js';
import { ImageLines } from './image-lines.js';
import { WrittenFiles } from './written-files.js';

/** Shows the user what a command reports. */
export interface Narrator<Own> {
  onEvent(event: SharedEvent | Own): void;
  /** Takes the progress line away and says what was left for the end. */
  finish(): void;
}

/** Bad images are named when they are found; of more than these their number says enough. */
const SHOWN_BAD_IMAGES = 10;

/**
 * JSON mode: every event as it is, one a line. Text mode: lines for people, and a progress bar on a terminal.
 *
 * @param own describes the events that are the command's own
 * @param verbose of several images everything is said of each, and every file is named
 */
export function createNarrator<Own extends { type: string }>(
  terminal: Terminal,
  own: EventDescribers<Own>,
  { verbose = false }: { verbose?: boolean | undefined } = {},
): Narrator<Own> {
  const progress = createProgress(terminal);
  const images = new ImageLines();
  const written = new WrittenFiles(verbose);
  let badCount = 0;
  let shownImage: string | undefined;
  const describe = (event: SharedEvent | Own): EventLine[] => {
    if (event.type in own) return own[event.type as Own['type']](event as Extract<Own, { type: Own['type'] }>);
    const shared = event as SharedEvent;
    if (shared.type === 'bad-image' && ++badCount > SHOWN_BAD_IMAGES) return [];
    // Where images are not shown one by one, predictions come as a table at the end.
    if (shared.type === 'prediction' && shared.image !== shownImage) return [];
    if (shared.type === 'input') shownImage = shared.image;
    if (shared.type === 'file-written') {
      written.add(shared.path);
      return [];
    }
    return [...written.take(), ...describeEvent(shared)];
  };
  const show = (lines: readonly EventLine[]) => {
    for (const line of lines) showLine(line, terminal, progress);
  };
  return {
    onEvent(event) {
      terminal.json(event);
      show(verbose ? describe(event) : images.take(event, () => describe(event)));
    },
    finish() {
      show([...written.take(), ...images.finish()]);
      progress.clear();
      if (badCount === 0) return;
      const where = badCount > SHOWN_BAD_IMAGES ? ' in total; --json lists every one' : '';
      terminal.note(`Skipped ${formatAmount(badCount, 'bad image')}${where}.`, 'yellow');
      badCount = 0;
    },
  };
}

function showLine(line: EventLine, terminal: Terminal, progress: ReturnType<typeof createProgress>): void {
  switch (line.kind) {
    case 'progress':
      progress.update(line.text, line.done, line.total, line.note);
      break;
    case 'waiting':
      progress.announce(line.text);
      break;
    // The terminal takes the progress line away before it writes.
    case 'result':
      terminal.print(line.text);
      break;
    case 'address':
      if (terminal.mode !== 'json') terminal.write('stdout', `${line.text}\n`);
      break;
    case 'note':
      terminal.note(line.text, 'dim');
      break;
    case 'warning':
      terminal.warn(line.text);
  }
}
