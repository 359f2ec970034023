import type { Page } from 'playwright-core';

/** Elements that extend beyond the page's right edge, except inside of what scrolls by itself. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *:not(pre *, table *, .visually-hidden)')]
      .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
      .map(({ tagName, className }) => `${tagName}.${className}`),
  );
}
