import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe-core finds wrong with what a page shows at the moment: a line for each rule that is broken, with the elements. */
export async function findViolations(page: Page): Promise<string[]> {
  // Evaluated by the test, not by the page: that may run no script but its own.
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  // It takes any link to a place of the page for a skip link that is scrolled out of its row.
  const options = { resultTypes: ['violations'], rules: { 'skip-link': { enabled: false } } };
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as {
    violations: { id: string; help: string; nodes: { target: unknown[] }[] }[];
  };
  return violations.map(({ id, help, nodes }) => {
    const targets = nodes.slice(0, 5).map(({ target }) => target.join(' '));
    return `${id}: ${help} (${nodes.length}: ${targets.join(', ')})`;
  });
}
