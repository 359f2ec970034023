import type { Page } from 'playwright-core';

/** Texts with less contrast than `minContrast` to their background, with that contrast. */
export function faintTexts(page: Page, minContrast: number): Promise<string[]> {
  return page.evaluate((minContrast) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (canvas === null) throw new Error('no canvas');
    /** Luminance of these colours painted over each other, the lowest first. */
    const luminance = (colours: readonly string[]): number => {
      canvas.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) =>
        part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const backgroundsOf = (element: Element): string[] => [
      ...(element.parentElement === null ? [] : backgroundsOf(element.parentElement)),
      getComputedStyle(element).backgroundColor,
    ];
    const hasText = (element: Element): boolean =>
      [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
    return [...document.querySelectorAll('body *:not(.visually-hidden, script)')]
      .filter((element) => hasText(element) && element.checkVisibility())
      .map((element) => {
        const ground = backgroundsOf(element);
        const [text, back] = [luminance([...ground, getComputedStyle(element).color]), luminance(ground)];
        const contrast = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
        return {
          contrast,
          label: `${element.className || element.tagName} "${element.textContent.slice(0, 20)}"`,
        };
      })
      .filter(({ contrast }) => contrast < minContrast)
      .map(({ contrast, label }) => `${label} ${contrast.toFixed(1)}`);
  }, minContrast);
}

/** Elements that extend beyond the page's right edge, except inside scroll containers. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *:not(pre *, table *, .visually-hidden)')]
      .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
      .map(({ tagName, className }) => `${tagName}.${className}`),
  );
}
