// The sigmoid's curve with the point of one score on it.

import { html, type Markup } from './markup.js';

const [width, height, margin] = [320, 150, 22];

/** @param axis what the horizontal axis shows @param sentence what the drawing says, for whoever does not see it */
export function drawSigmoid(score: number, axis: string, sentence: string): Markup {
  const end = Math.max(6, Math.ceil(Math.abs(score) * 1.1));
  const place = (x: number): [number, number] => [
    round(margin + ((x + end) / (2 * end)) * (width - 2 * margin)),
    round(height - margin - (height - 2 * margin) / (1 + Math.exp(-x))),
  ];
  const points = Array.from({ length: 81 }, (_, index) => place(end * (index / 40 - 1)).join(','));
  const [x, y] = place(score);
  const [left, bottom] = [margin, height - margin];
  return html`<svg class="sigmoid" role="img" aria-label="${sentence}" viewBox="0 0 ${width} ${height}">
<path class="grid" d="M${left},${bottom}H${width - margin}M${left},${margin}H${width - margin}M${width / 2},${margin}V${bottom}"/>
<polyline class="curve" points="${points.join(' ')}"/>
<path class="drop" d="M${x},${bottom}V${y}H${left}"/>
<circle cx="${x}" cy="${y}" r="4.5"/>
<text x="${left}" y="${height - 6}">${`\u2212${end}`}</text><text x="${width / 2}" y="${height - 6}" text-anchor="middle">0</text>
<text x="${width - margin}" y="${height - 6}" text-anchor="end">${end}</text>
<text x="${left}" y="${margin - 7}">1</text><text x="${width - margin}" y="${margin - 7}" text-anchor="end">${axis}</text>
</svg>`;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
