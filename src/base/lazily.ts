// Functions whose code is loaded when they are first called.

/** The function `name` of a module that is loaded at the first call: importing the library takes a tenth of the time. */
export function lazily<Name extends string, Module extends Record<Name, (...args: never[]) => Promise<unknown>>>(
  load: () => Promise<Module>,
  name: Name,
): Module[Name] {
  const call = async (...args: never[]) => (await load())[name](...args);
  return call as Module[Name];
}
