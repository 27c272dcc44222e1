// Names of classes and layers as a chart can show them.

/** Longer names are cut. */
const lengthAtMost = 60;

/** What a chart's expressions, its SVG or a reader would stumble over: controls, line separators, halves of characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]|\p{Cs}/gu;

/** What cannot be printed as its code, such as \u001b. */
export function escapeUnprintable(text: string): string {
  return text.replace(unprintable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Names as a chart can show them: what cannot be printed as its code, such as \u001b, long ones cut, all different. */
export function namesInChart(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const printable = escapeUnprintable(name);
    const characters = [...printable];
    const short = characters.length > lengthAtMost ? `${characters.slice(0, lengthAtMost).join('')}...` : printable;
    let shown = short;
    for (let copy = 2; used.has(shown); copy++) shown = `${short} (${copy})`;
    used.add(shown);
    return shown;
  });
}
