// The exit code of several workers on this machine.

/** Another worker was lost: starting again may help. */
const LOST = 75;
/** A shell's codes of processes that a signal ended begin above it. */
const LAST_OWN = 128;

/** A failure that will come again goes before the loss of a worker, which it causes in the others, and that before a signal's. */
export function chooseExitCode(codes: readonly number[]): number {
  const failed = codes.filter((code) => code !== 0);
  const lasting = failed.find((code) => code !== LOST && code <= LAST_OWN);
  return lasting ?? failed.find((code) => code === LOST) ?? failed[0] ?? 0;
}
