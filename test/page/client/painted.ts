import { vi } from 'vitest';

/** A picture as it was put on a canvas, and where. */
interface Painted {
  picture: ImageData;
  place: [x: number, y: number];
}

/** Keeps what is put on canvases, which happy-dom cannot draw on. Restored with all mocks. */
export function watchCanvases(): (canvas: Element | null) => Painted | undefined {
  const painted = new Map<Element, Painted>();
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (this: HTMLCanvasElement) {
    const putImageData = (picture: ImageData, x: number, y: number) => painted.set(this, { picture, place: [x, y] });
    return { putImageData } as unknown as ReturnType<HTMLCanvasElement['getContext']>;
  });
  return (canvas) => (canvas === null ? undefined : painted.get(canvas));
}

/** Red, green, blue and opacity of a pixel. */
export function pixelOf({ picture }: Painted, x: number, y: number): number[] {
  return [...picture.data.subarray((y * picture.width + x) * 4, (y * picture.width + x + 1) * 4)];
}
