import type { Page } from 'playwright-core';

/** More than the focus stops of any page under test. */
const MAX_COUNT = 60;

export interface FocusStop {
  /** Accessible name. */
  readonly name: string;
  readonly tag: string;
  /** Whether the focus is visible. */
  readonly isVisible: boolean;
}

/** The elements that get the focus while Tab is pressed until the page's end, in order. */
export async function focusStops(page: Page): Promise<readonly FocusStop[]> {
  const stops: FocusStop[] = [];
  await page.locator('body').press('Tab');
  while (stops.length < MAX_COUNT) {
    const stop = await page.evaluate(() => {
      const it = document.activeElement;
      if (!(it instanceof HTMLElement) || it === document.body) return undefined;
      const probe = document.createElement('i');
      probe.style.color = 'var(--vscode-focusBorder)';
      it.ownerDocument.body.append(probe);
      const focusColour = getComputedStyle(probe).color;
      probe.remove();
      // The input shows its focus by the border around it, all other elements by their outline.
      const frame = it.closest('.input-row textarea') && it.closest('.composer');
      const style = getComputedStyle(frame ?? it);
      const isVisible =
        frame === null
          ? style.outlineStyle !== 'none' && style.outlineColor === focusColour
          : style.borderTopColor === focusColour;
      const labels = 'labels' in it ? [...((it as HTMLInputElement).labels ?? [])] : [];
      const name = it.getAttribute('aria-label') ?? labels[0]?.textContent ?? it.textContent;
      return { name: name.trim(), tag: it.tagName.toLowerCase(), isVisible };
    });
    if (stop === undefined) break;
    stops.push(stop);
    await page.keyboard.press('Tab');
  }
  return stops;
}
