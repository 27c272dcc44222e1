import { Chalk, type ChalkInstance } from 'chalk';
import { escapeJson, escapeText } from '../base/escape.js';
import { createOutput, describeFailure, type Output } from './output.js';

/** How much is said, and in which form. */
export type OutputMode = 'text' | 'json' | 'quiet';

/**
 * The only thing that writes to the user: results to stdout, everything about the work itself to stderr. Every line is one line
 * of text: names of files and classes are in them, so characters that would act on a terminal are shown escaped, line ends
 * too. Colors are therefore asked for, never part of a line.
 */
export interface Terminal {
  mode: OutputMode;
  /** a live line can be drawn: a terminal at the other end, and text wanted */
  readonly canAnimate: boolean;
  /** Takes the live line away: called before anything else is written, since that would stand in it. */
  clearLiveLine: () => void;
  /** where a live line is drawn, and its colors; its text has to be escaped */
  readonly liveStream: NodeJS.WriteStream;
  readonly liveColors: ChalkInstance;
  /** false: stdout or stderr could not be written, and something that was to be said is lost */
  readonly isWhole: boolean;
  /** a line of the result: stdout, in text mode only. @param label before it, in color */
  print(line?: string, label?: { text: string; color: 'dim' | 'yellow' }): void;
  /** one object, one line: stdout, in JSON mode only */
  json(value: object): void;
  /** what happens meanwhile: stderr, in text mode only */
  note(line: string, color?: 'dim' | 'yellow'): void;
  /** a note that should be seen: stderr, in text mode only */
  warn(line: string): void;
  /** what must be seen in every mode: stderr. @param label in red before it */
  alert(line: string, label?: string): void;
  /** several lines at once, such as help, in every mode */
  write(to: 'stdout' | 'stderr', text: string): void;
  /** Waits until all is written. */
  flush(): Promise<void>;
}

/** The terminal of this process. */
export function createTerminal(
  stdout: NodeJS.WriteStream = process.stdout,
  stderr: NodeJS.WriteStream = process.stderr,
  env = process.env,
): Terminal {
  const outColors = createColors(stdout.isTTY === true, env);
  const colors = createColors(stderr.isTTY === true, env);
  const out = createOutput(stdout, (error) => reportLostStream('stdout', error));
  const err = createOutput(stderr, (error) => reportLostStream('stderr', error));
  const sayIn = (mode: OutputMode, output: Output, line: string) => {
    if (terminal.mode !== mode) return;
    terminal.clearLiveLine();
    output.write(`${line}\n`);
  };
  const terminal: Terminal = {
    mode: 'text',
    get canAnimate() {
      return terminal.mode === 'text' && stderr.isTTY === true && env.TERM !== 'dumb' && !err.hasFailed;
    },
    clearLiveLine: () => undefined,
    liveStream: stderr,
    liveColors: colors,
    get isWhole() {
      return !out.hasFailed && !err.hasFailed;
    },
    print: (line = '', label) =>
      sayIn('text', out, `${label === undefined ? '' : `${outColors[label.color](label.text)} `}${escapeText(line)}`),
    json: (value) => sayIn('json', out, escapeJson(value)),
    note: (line, color) => sayIn('text', err, color === undefined ? escapeText(line) : colors[color](escapeText(line))),
    warn: (line) => sayIn('text', err, `${colors.yellow('warning:')} ${escapeText(line)}`),
    alert: (line, label) => {
      terminal.clearLiveLine();
      err.write(`${label === undefined ? '' : `${colors.red(label)} `}${escapeText(line)}\n`);
    },
    write: (to, text) => {
      terminal.clearLiveLine();
      (to === 'stdout' ? out : err).write(text.split('\n').map(escapeText).join('\n'));
    },
    flush: async () => {
      await Promise.all([out.flush(), err.flush()]);
    },
  };
  /** Says it on the other stream, should that work; the exit code says it in any case. */
  function reportLostStream(name: 'stdout' | 'stderr', error: NodeJS.ErrnoException): void {
    const message = `${name} cannot be written (${describeFailure(error)}); continuing without it`;
    if (name === 'stdout') terminal.alert(message, 'error:');
    else if (terminal.mode === 'json') terminal.json({ type: 'error', code: 'NOT_WRITABLE', message, exitCode: 1 });
    else out.write(`error: ${message}\n`);
  }
  return terminal;
}

// chalk knows FORCE_COLOR and TERM, but not NO_COLOR (no-color.org: any value but the empty one switches colors off).
function createColors(isTerminal: boolean, env: NodeJS.ProcessEnv): ChalkInstance {
  const off = Boolean(env.NO_COLOR) || (!isTerminal && env.FORCE_COLOR === undefined);
  return off ? new Chalk({ level: 0 }) : new Chalk();
}
