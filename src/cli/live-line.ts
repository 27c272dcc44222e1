// How a line that changes is drawn so that resizing leaves nothing of it.

/**
 * What the progress bar draws with, in the place of its own terminal: that one goes back to a saved position, which is another
 * one after the window was resized. After each drawing the cursor waits where the line begins: a terminal that wraps long
 * lines again keeps it there, so erasing from there takes all of the line.
 */
export function createLiveLine(stream: NodeJS.WriteStream): object {
  const write = (text: string): void => {
    stream.write(text);
  };
  return {
    isTTY: () => true,
    getWidth: () => stream.columns ?? 80,
    lineWrapping: (isOn: boolean) => write(isOn ? '\x1b[?7h' : '\x1b[?7l'),
    write,
    cursorTo: () => write('\r'),
    clearRight: () => write('\x1b[J\r'),
    clearLine: () => write('\x1b[J'),
    cursor: () => undefined,
    cursorSave: () => undefined,
    cursorRestore: () => undefined,
    newline: () => undefined,
  };
}
