/** What `split` reports besides what every command may: images copied or linked so far, and how many there will be. */
export interface PlacedEvent {
  type: 'image-placed';
  done: number;
  total: number;
}
