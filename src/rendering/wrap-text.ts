import { textWidth } from './text.js';

/**
 * Breaks a text between words into lines of at most this width, pixels; a longer word has a line of its own. A percent sign
 * stays with its number.
 */
export function wrapText(text: string, width: number, unit: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/ (?!%)/)) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, unit) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
