/** result: belongs to what was asked for; note: is about the work; warning: a note that should be seen */
export interface EventLine {
  kind: 'result' | 'note' | 'warning';
  text: string;
}
