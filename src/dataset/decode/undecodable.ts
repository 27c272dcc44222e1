// The error of the decoders.

/** Why one of our own decoders refuses an image: its message is the reason, without the path. */
export class Undecodable extends Error {}
