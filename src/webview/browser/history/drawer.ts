import { element } from '../../elements.js';
import type { WebStorage } from '../webStorage.js';

const NARROW = '(max-width: 719px)';
const KEY = 'youtu.isHistoryHidden';

export interface DrawerParts {
  readonly panel: HTMLElement;
  /** What lies beside the panel, or under it where the window is narrow. */
  readonly rest: HTMLElement;
  readonly opener: HTMLButtonElement;
  readonly closer: HTMLButtonElement;
  /** What is in the panel too, and isn't needed while both can be seen. */
  readonly doubled: HTMLElement;
}

/** A panel at the page's side. In a narrow window it lies over the page, and all else has to wait until it is closed. */
export class Drawer {
  readonly scrim = element('div', { class: 'scrim' });
  private readonly narrow = matchMedia(NARROW);
  private isOpen = false;

  constructor(
    private readonly parts: DrawerParts,
    private readonly labels: { readonly open: string; readonly close: string },
    private readonly storage: WebStorage,
  ) {
    const { opener, closer, panel } = parts;
    opener.addEventListener('click', () => this.toggle());
    closer.addEventListener('click', () => this.closeOver());
    this.scrim.addEventListener('click', () => this.closeOver());
    panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.closeOver();
    });
    this.narrow.addEventListener('change', () => this.settle());
    this.settle();
  }

  /** Closes it where it lies over the page. */
  closeOver(): void {
    if (!this.narrow.matches || !this.isOpen) return;
    this.set(false);
    this.parts.opener.focus();
  }

  private toggle(): void {
    this.set(!this.isOpen);
    if (!this.narrow.matches) this.storage.set(KEY, this.isOpen ? undefined : 'yes');
    else if (this.isOpen) this.parts.closer.focus();
  }

  /** As it is when nobody has touched it. */
  private settle(): void {
    this.set(!this.narrow.matches && this.storage.get(KEY) === undefined);
  }

  private set(isOpen: boolean): void {
    const { panel, rest, opener, closer, doubled } = this.parts;
    const isOver = isOpen && this.narrow.matches;
    this.isOpen = isOpen;
    panel.hidden = !isOpen;
    this.scrim.hidden = !isOver;
    rest.inert = isOver;
    closer.hidden = !isOver;
    doubled.hidden = isOpen && !isOver;
    const label = isOpen ? this.labels.close : this.labels.open;
    opener.setAttribute('aria-expanded', String(isOpen));
    opener.setAttribute('aria-label', label);
    opener.title = label;
  }
}
