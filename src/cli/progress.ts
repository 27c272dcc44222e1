import { type Options, SingleBar } from 'cli-progress';
import { escapeText } from '../base/escape.js';
import { createLiveLine } from './live-line.js';
import type { Terminal } from './terminal.js';

/** A line that shows how far the work is and is gone when the work is done. */
export interface Progress {
  /** Shows that `done` of `total` are done. @param label what is going on; a new one starts a new line */
  update(label: string, done: number, total: number, details: string): void;
  /** Shows that something goes on that cannot be counted. */
  announce(text: string): void;
  /** Takes the line away, so that something else can be printed. */
  clear(): void;
}

/** Characters; on a terminal of 80 columns the words beside the bar are worth more. */
const WIDE_BAR = 24;
const NARROW_BAR = 8;

/** A bar on stderr where that is a terminal, else nothing at all. */
export function createProgress(terminal: Terminal): Progress {
  if (!terminal.canAnimate) return { update: () => undefined, announce: () => undefined, clear: () => undefined };
  let bar: SingleBar | undefined;
  let currentLabel = '';
  let announcement: LiveText | undefined;
  const clear = () => {
    announcement?.erase();
    announcement = undefined;
    const stopped = bar;
    bar = undefined;
    stopped?.stop();
  };
  terminal.clearLiveLine = clear;
  return {
    announce(text) {
      clear();
      announcement = writeLiveText(terminal, text);
    },
    update(label, done, total, details) {
      if (announcement !== undefined) clear();
      if (bar === undefined || label !== currentLabel) {
        bar?.stop();
        bar = startBar(terminal, { label, done, total, details });
        currentLabel = label;
      }
      bar.setTotal(total);
      bar.update(done, { label, details });
    },
    clear,
  };
}

interface LiveText {
  erase(): void;
}

/** Dim, and one line however narrow the terminal is; as with a bar, the cursor waits where the line begins. */
function writeLiveText({ liveStream, liveColors }: Terminal, text: string): LiveText {
  liveStream.write(`\x1b[?7l${liveColors.dim(escapeText(text))}\x1b[J\r\x1b[?7h`);
  return { erase: () => liveStream.write('\x1b[J') };
}

function startBar(
  terminal: Terminal,
  { label, done, total, details }: { label: string; done: number; total: number; details: string },
): SingleBar {
  const { cyan, dim } = terminal.liveColors;
  const barWidth = (terminal.liveStream.columns ?? 80) < 110 ? NARROW_BAR : WIDE_BAR;
  const options: Options & { terminal: object } = {
    terminal: createLiveLine(terminal.liveStream),
    stream: terminal.liveStream,
    // A cursor that is never hidden needs nobody to bring it back.
    hideCursor: false,
    clearOnComplete: true,
    fps: 10,
    format: (_, { value, total }, payload: { label?: string; details?: string }) => {
      const filled = total === 0 ? 0 : Math.round((value / total) * barWidth);
      const drawn = cyan('━'.repeat(filled)) + dim('─'.repeat(barWidth - filled));
      const count = `${String(value).padStart(String(total).length)}/${total}`;
      const [label, details] = [payload.label ?? '', payload.details ?? ''].map(escapeText);
      return `${label} ${drawn} ${count}  ${details}`;
    },
  };
  const bar = new SingleBar(options);
  bar.start(total, done, { label, details });
  return bar;
}
