// Pictures of channels besides their maps, as the page's script knows them.

/** Patches of images that a channel responds to most, in one picture side by side. */
export interface PatchesData {
  layer: string;
  channel: number;
  /** the strongest first */
  values: readonly number[];
  /** of each patch's image, null without classes */
  classNames: readonly (string | null)[];
  /** base64 of a JPEG: the patches side by side, each in a square */
  jpeg: string;
}

/** A picture that was made to make a channel fire. */
export interface DreamData {
  layer: string;
  channel: number;
  /** the mean that it reaches */
  reached: number;
  /** the highest mean that any image reaches, and whether the picture is above all images; null where none were compared */
  highest: number | null;
  exceeds: boolean | null;
  /** whether there was anything to climb */
  began: boolean;
  /** base64 of a JPEG */
  jpeg: string;
}

export interface PicturesData {
  patches: readonly PatchesData[];
  dreams: readonly DreamData[];
}
