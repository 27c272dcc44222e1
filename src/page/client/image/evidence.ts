// Paints and fades the maps of the evidence.

import { evidenceLabel } from '../../../rendering/evidence-scale.js';
import { placeCells } from '../../../rendering/place-cells.js';
import type { EvidenceData } from '../../image-data.js';
import { create, find, findAll, readData } from '../dom.js';
import { evidenceColorOf, paintEvidence } from '../paint-evidence.js';
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

/** What the bar shows its colors over: between black and white. */
const barGray = 128;

/** The colors over a middle gray, and what the ends of the bar say of a class. */
function drawEvidenceBar(place: HTMLElement, data: EvidenceData, opacity: number, ramps: Ramps): void {
  const { limit, hasNegative } = data;
  const low = hasNegative ? -limit : 0;
  const [width, height] = [256, 16];
  const canvas = create('canvas', { className: 'ramp', width, height });
  canvas.setAttribute('aria-hidden', 'true');
  const picture = new ImageData(width, height);
  for (let x = 0; x < width; x++) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = evidenceColorOf(
      low + ((limit - low) * x) / (width - 1),
      limit,
      ramps,
    );
    const share = (alpha / 255) * opacity;
    const mixed = [red, green, blue].map((part) => barGray + (part - barGray) * share);
    for (let y = 0; y < height; y++) picture.data.set([...mixed, 255], (y * width + x) * 4);
  }
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
  const labels = limit > 0 ? [low, (low + limit) / 2, limit] : [0];
  place.replaceChildren(
    canvas,
    create('div', { className: 'labels' }, ...labels.map((value) => create('span', {}, evidenceLabel(value, limit)))),
  );
}
