// Text with characters that would act on a terminal shown as in source code.

/**
 * What must not reach a terminal, or a line of text, as it is: control characters (ESC and BEL act, CR and LF forge lines; C0,
 * DEL and C1), what turns the direction of the text around it, line and paragraph separators, halves of surrogate pairs.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text as people can read it: characters that would act are shown as they are written in source code, `\x1b`, `\n`, `\u202e`.
 * Other characters stay, a backslash too, so that paths of Windows stay as they are; what a program reads is JSON.
 */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    const hex = code.toString(16);
    return SHORT[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`);
  });
}

/** As JSON in one line, in which nothing acts on a terminal: the same value, more of its characters escaped. */
export function escapeJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSAFE, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
