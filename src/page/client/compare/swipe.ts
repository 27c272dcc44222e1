// Two pictures that lie over each other, with a divider that uncovers the one or the other.

import { texts } from '../../texts/en.js';
import { create } from '../dom.js';

/** @param names what the left and the right picture are of */
export function createSwipe(
  left: HTMLCanvasElement,
  right: HTMLCanvasElement,
  names: readonly [string, string],
): HTMLElement {
  const pictures = create('div', { className: 'pictures' }, left, right, create('span', { className: 'line' }));
  left.className = 'left';
  right.className = 'right';
  const divider = create('input', { type: 'range', className: 'divider', min: '0', max: '100', value: '50' });
  divider.setAttribute('aria-label', texts.compare.divider);
  const move = () => {
    pictures.style.setProperty('--divider', `${divider.value}%`);
    divider.setAttribute('aria-valuetext', texts.compare.divided(Number(divider.value), ...names));
  };
  divider.addEventListener('input', move);
  const follow = ({ clientX, buttons }: PointerEvent) => {
    if (buttons === 0) return;
    const { left: edge, width } = pictures.getBoundingClientRect();
    divider.value = String(Math.round((100 * (clientX - edge)) / width));
    move();
  };
  pictures.addEventListener('pointerdown', (event) => {
    pictures.setPointerCapture(event.pointerId);
    follow(event);
  });
  pictures.addEventListener('pointermove', follow);
  move();
  const ends = create(
    'div',
    { className: 'ends', ariaHidden: 'true' },
    ...names.map((name) => create('span', {}, name)),
  );
  return create('div', { className: 'swipe' }, pictures, divider, ends);
}
