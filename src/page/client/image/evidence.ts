// Paints and fades the maps of the evidence.

import { placeCells } from '../../../rendering/place-cells.js';
import type { EvidenceData } from '../../image-data.js';
import { create, find, findAll, readData } from '../dom.js';
import { drawEvidenceBar } from '../evidence-bar.js';
import { paintEvidence } from '../paint-evidence.js';
import type { Ramps } from '../ramp.js';

/** Pixels of a painted map's longer side: enough for even edges. */
const mapSize = 256;

/** Lays the map of each class over the image in gray, and fades them together; the bar shows what is seen. */
export function showEvidence(section: HTMLElement, photograph: HTMLImageElement, ramps: Ramps): void {
  const data = readData<EvidenceData>(section, 'evidence-data');
  const [across, down] = [Number(photograph.getAttribute('width')), Number(photograph.getAttribute('height'))];
  const zoom = mapSize / Math.max(across, down);
  findAll(section, '.overlay').forEach((overlay, index) => {
    const { width, height, values } = data.maps[index] as EvidenceData['maps'][number];
    const plane = { width, height, values: Float32Array.from(values, (value) => value ?? Number.NaN) };
    const size = { width: Math.ceil(across * zoom), height: Math.ceil(down * zoom), smooth: data.smooth };
    const canvas = create('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', overlay.dataset.label ?? '');
    paintEvidence(canvas, placeCells(plane, data.cells, size), data.limit, ramps);
    const below = create('img', { src: photograph.src, width: across, height: down, alt: '' });
    overlay.replaceChildren(below, canvas);
  });
  find(section, '.still').remove();
  const fade = find(section, '.fade');
  const slider = find<HTMLInputElement>(fade, 'input');
  const bar = find(section, '.color-bar');
  const show = (opacity: number) => {
    section.style.setProperty('--evidence', String(opacity));
    drawEvidenceBar(bar, data, opacity, ramps);
  };
  const showChosen = () => show(Number(slider.value) / 100);
  slider.addEventListener('input', showChosen);
  // Paper has no slider: it gets the maps as they are.
  addEventListener('beforeprint', () => show(1));
  addEventListener('afterprint', showChosen);
  fade.hidden = false;
  showChosen();
}
