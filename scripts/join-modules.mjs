// Joins an ES module and all that it imports into one text, for a page that can fetch nothing. Works on what tsc writes of
// modules that import each other by name and relative path and export where they declare; refuses everything else. Each
// module but the first keeps a scope of its own, so that two may call different things by one name.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const importLine = /^import (?:\{([^}]*)\} from )?'(\.[^']+)';\n/gm;
const exported = /^export (?=(?:async )?(?:const|let|function|class) (\w+))/gm;
const leftOver = /^(?:import|export)\b.*/m;

/** The text of the module at `entry` after those that it needs, each once. */
export function joinModules(entry) {
  /** what holds each module's exports, by its path */
  const modules = new Map();
  const texts = [];
  texts.push(read(entry).text);
  return texts.join('');

  function read(path) {
    const given = readFileSync(path, 'utf8');
    const names = [...given.matchAll(exported)].map(([, name]) => name);
    const text = given
      .replace(importLine, (_, list, imported) => {
        const module = add(join(dirname(path), imported));
        return list === undefined ? '' : `const {${list.replaceAll(' as ', ': ')}} = ${module};\n`;
      })
      .replace(exported, '');
    const unknown = leftOver.exec(text);
    if (unknown !== null) throw new Error(`${path}: cannot be joined: ${unknown[0]}`);
    return { text, names };
  }

  function add(path) {
    const known = modules.get(path);
    if (known !== undefined) return known;
    const module = `module${modules.size + 1}`;
    modules.set(path, module);
    const { text, names } = read(path);
    texts.push(`const ${module} = (() => {\n${text}return { ${names.join(', ')} };\n})();\n`);
    return module;
  }
}

/** The style sheet at `entry`, with those that it imports in the place of their imports. */
export function joinStyles(entry) {
  const text = readFileSync(entry, 'utf8');
  return text.replace(/^@import "(\.[^"]+)";$/gm, (_, imported) =>
    readFileSync(join(dirname(entry), imported), 'utf8'),
  );
}
