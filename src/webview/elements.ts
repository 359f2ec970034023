/** The page's building blocks: elements, icons, buttons, and a region for screen readers. */

type Attributes = Readonly<Record<string, string>>;

const SVG = 'http://www.w3.org/2000/svg';

/** Outlines on a grid of 16 × 16, drawn for this page. */
const OUTLINES = {
  send: 'M8 13V3M3.5 7.5 8 3l4.5 4.5',
  stop: 'M4.5 4.5h7v7h-7z',
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.5v-8h7',
  copied: 'M3 8.5 6.5 12 13 4.5',
  insert: 'M2.5 3.5h11M2.5 12.5h11M9.5 8h-7M6 5.5 9.5 8 6 10.5M13.5 6v4',
  newFile: 'M9 2.5H4v11h8v-8zM9 2.5v3h3M8 7.5v4M6 9.5h4',
  close: 'm4 4 8 8M12 4l-8 8',
  down: 'M8 3v10M3.5 8.5 8 13l4.5-4.5',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  new: 'M8 3v10M3 8h10',
  export: 'M8 2.5v7.5M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  settings:
    'M2.5 5h5.5M12 5h1.5M8 5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M2.5 11h1.5M8 11h5.5M4 11a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  delete: 'M2.5 4h11M6.5 4V2.5h3V4M4 4l.5 9.5h7L12 4M6.7 6.5v4.5M9.3 6.5v4.5',
} as const;

export type IconName = keyof typeof OUTLINES;

/** Characters that are read out at most. */
const MAX_ANNOUNCED_LENGTH = 600;

/** Creates an element. Strings become text nodes, never HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, value);
  created.append(...children);
  return created;
}

/** A picture for a button; the button's label says what it does. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', OUTLINES[name]);
  svg.append(path);
  return svg;
}

export function textButton(label: string, onClick: () => void, kind = 'secondary'): HTMLButtonElement {
  const button = element('button', { type: 'button', class: `button ${kind}` }, label);
  button.addEventListener('click', onClick);
  return button;
}

/** A button that shows only an icon; its label is read out, and shown as a tooltip. */
export function iconButton(name: IconName, label: string, action = ''): HTMLButtonElement {
  return element(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      title: label,
      'aria-label': label,
      ...(action === '' ? {} : { 'data-action': action }),
    },
    icon(name),
  );
}

/** A live region: screen readers read out, once, what is set here. */
export class Announcer {
  readonly element = element('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' });

  say(text: string): void {
    const line = text.replaceAll(/\s+/g, ' ').trim();
    this.element.textContent =
      line.length > MAX_ANNOUNCED_LENGTH ? `${line.slice(0, MAX_ANNOUNCED_LENGTH)}…` : line;
  }
}
