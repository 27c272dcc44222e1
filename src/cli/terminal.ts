import { Chalk, type ChalkInstance } from 'chalk';

/** How much is said, and in which form. */
export type OutputMode = 'text' | 'json' | 'quiet';

/** The only thing that writes to the user: results to stdout, everything about the work itself to stderr. */
export interface Terminal {
  mode: OutputMode;
  /** a live line can be drawn: a terminal at the other end, and text wanted */
  readonly canAnimate: boolean;
  /** where a live line is drawn */
  readonly liveStream: NodeJS.WriteStream;
  /** colors for stdout and for stderr, each off where it is no terminal or NO_COLOR is set */
  readonly out: ChalkInstance;
  readonly err: ChalkInstance;
  /** a line of the result: stdout, in text mode only */
  print(line?: string): void;
  /** one object, one line: stdout, in JSON mode only */
  json(value: object): void;
  /** what happens meanwhile: stderr, in text mode only */
  note(line: string): void;
  /** what must be seen in every mode: stderr */
  alert(line: string): void;
}

/** The terminal of this process. A reader that goes away (`| head`) ends the output, not the work. */
export function createTerminal(
  stdout: NodeJS.WriteStream = process.stdout,
  stderr: NodeJS.WriteStream = process.stderr,
  env = process.env,
): Terminal {
  const writeOut = survivingWriter(stdout);
  const writeErr = survivingWriter(stderr);
  const terminal: Terminal = {
    mode: 'text',
    get canAnimate() {
      return terminal.mode === 'text' && stderr.isTTY === true && env.TERM !== 'dumb';
    },
    liveStream: stderr,
    out: createColors(stdout.isTTY === true, env),
    err: createColors(stderr.isTTY === true, env),
    print: (line = '') => {
      if (terminal.mode === 'text') writeOut(`${line}\n`);
    },
    json: (value) => {
      if (terminal.mode === 'json') writeOut(`${JSON.stringify(value)}\n`);
    },
    note: (line) => {
      if (terminal.mode === 'text') writeErr(`${line}\n`);
    },
    alert: (line) => writeErr(`${line}\n`),
  };
  return terminal;
}

// chalk knows FORCE_COLOR and TERM, but not NO_COLOR (no-color.org: any value but the empty one switches colors off).
function createColors(isTerminal: boolean, env: NodeJS.ProcessEnv): ChalkInstance {
  const off = Boolean(env.NO_COLOR) || (!isTerminal && env.FORCE_COLOR === undefined);
  return off ? new Chalk({ level: 0 }) : new Chalk();
}

function survivingWriter(stream: NodeJS.WriteStream): (text: string) => void {
  let isOpen = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isOpen = false;
  });
  return (text) => {
    if (isOpen) stream.write(text);
  };
}
