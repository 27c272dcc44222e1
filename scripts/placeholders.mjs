import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stands in package.json for whoever hosts the repository; nothing is published with it. */
const PLACEHOLDER = 'OWNER';

/** The fields of package.json that still hold the placeholder. */
export function listPlaceholders(root) {
  const { repository, homepage, bugs } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries({ 'repository.url': repository.url, homepage, bugs })
    .filter(([, value]) => value.includes(`/${PLACEHOLDER}/`))
    .map(([field]) => `${field} in package.json`);
}
