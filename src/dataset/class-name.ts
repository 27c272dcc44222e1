import path from 'node:path';

/**
 * The class that a file's name tells: `cat.0.jpg`, `american_bulldog_12.jpg` and `dog-7.png` are of the classes `cat`,
 * `american_bulldog` and `dog`.
 *
 * @returns undefined where the name tells none for certain: no number, no letter before it, or two numbers at its end
 * (`cat_2_17.jpg`: is `cat_2` the class?)
 */
export function readClassName(fileName: string): string | undefined {
  const stem = path.parse(fileName).name;
  const className = /^(.+)[._-]\d+$/.exec(stem)?.[1];
  if (className === undefined || !/\p{L}/u.test(className) || /[._-]\d+$/.test(className)) return undefined;
  return className;
}
