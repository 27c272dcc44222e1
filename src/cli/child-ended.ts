/** The work was another process's, which has said all there is to say: this one ends as that one did. */
export class ChildEnded extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`another process ended with ${exitCode}`);
    this.exitCode = exitCode;
  }
}
