// What an event becomes on the terminal.

/**
 * result: belongs to what was asked for; address: where alone it is to be had, in quiet mode too; note: is about the work;
 * warning: a note that should be seen
 */
interface TextLine {
  kind: 'result' | 'address' | 'note' | 'warning';
  text: string;
}

/** A step of the progress line; the note is what a narrow terminal cuts off first. */
interface ProgressLine {
  kind: 'progress';
  text: string;
  done: number;
  total: number;
  note: string;
}

/** What takes a while and cannot be counted: on a terminal only, and gone with the next line. */
interface WaitingLine {
  kind: 'waiting';
  text: string;
}

export type EventLine = TextLine | ProgressLine | WaitingLine;

/** How a command describes the events that are its own, by type. */
export type EventDescribers<Own extends { type: string }> = {
  readonly [Type in Own['type']]: (event: Extract<Own, { type: Type }>) => EventLine[];
};

/** For a command whose last line names the folder that its files are in. */
export const silentFiles: EventDescribers<{ type: 'file-written'; path: string }> = { 'file-written': () => [] };

export function showProgress(text: string, done: number, total: number, note = ''): ProgressLine {
  return { kind: 'progress', text, done, total, note };
}
