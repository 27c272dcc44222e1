/** One of the two streams that a person or a program reads. */
export interface Output {
  write(text: string): void;
  /** Waits until the stream has taken all that was written. */
  flush(): Promise<void>;
  /** it could not be written: the rest of what was said is lost */
  readonly hasFailed: boolean;
}

/**
 * Writes to a stream as long as that takes it. A reader that goes away (`| head`) has what it wanted; anything else, a full disk
 * or a closed stream, is reported once. Neither ends the work.
 */
export function createOutput(stream: NodeJS.WriteStream, onFailure: (error: NodeJS.ErrnoException) => void): Output {
  let isOpen = true;
  let hasFailed = false;
  let hasWritten = false;
  const close = (error: NodeJS.ErrnoException) => {
    if (!isOpen) return;
    isOpen = false;
    if (error.code === 'EPIPE') return;
    hasFailed = true;
    onFailure(error);
  };
  stream.on('error', close);
  return {
    write(text) {
      if (!isOpen) return;
      hasWritten = true;
      try {
        stream.write(text);
      } catch (error) {
        close(error as NodeJS.ErrnoException); // a file is written at once, and its error thrown at once (Node 20)
      }
    },
    async flush() {
      // Not where nothing was to be said: a full disk does not even take an empty text.
      if (isOpen && hasWritten) await new Promise<void>((resolve) => stream.write('', () => resolve()));
    },
    get hasFailed() {
      return hasFailed;
    },
  };
}

/** Why a stream cannot be written. */
export function describeFailure({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'no space left on the disk';
  if (code === 'EBADF') return 'it is closed';
  return code ?? message;
}
