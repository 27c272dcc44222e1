/** A run can be watched in a browser of this computer; url: with a token, which is the only key to it; path: the run's folder. */
export interface LiveEvent {
  type: 'live';
  url: string;
  path: string;
}
