// What set-up reports.

/** What set-up does, in this order. */
export type SetupStep = 'download' | 'verify' | 'unpack' | 'compile' | 'strip' | 'check' | 'cluster';

/** What native set-up reports while it works. */
export type SetupEvent =
  | { type: 'setup-step'; step: SetupStep }
  /** of the current step; at most some ten a second */
  | { type: 'setup-progress'; step: SetupStep; doneBytes: number; totalBytes: number }
  /** another process is setting up already */
  | { type: 'setup-waiting'; pid: number }
  /** training on several machines is not possible here; all else is */
  | { type: 'setup-without-cluster'; reason: string };

/** What the steps of set-up share. */
export interface StepContext {
  onEvent: (event: SetupEvent) => void;
  signal?: AbortSignal;
}
