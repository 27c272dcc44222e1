// The error of these decoders.

/** Why one of our own decoders refuses an image: its message is the reason, without the path. */
export class Undecodable extends Error {}
