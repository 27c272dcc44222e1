// Where a layer's tiles have room: in the window, or on a sheet of paper.

import type { Room } from './grid-layout.js';

/** On A4 or Letter, upright, within the margins of the style sheet, below what stands above a layer. */
export const paper: Room = { width: 680, height: 620, unit: 1, isPaper: true };

/** Of the text size that tiles are laid out for. */
const usualSize = 16;

/** The room of an element of the page. */
export function measureRoom(element: HTMLElement): Room {
  const above = element.getBoundingClientRect().top + scrollY;
  const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / usualSize;
  return { width: element.clientWidth, height: Math.max(innerHeight / 2, innerHeight - above), unit };
}
