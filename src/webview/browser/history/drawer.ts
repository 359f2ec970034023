import { element } from '../../elements.js';
import type { WebStorage } from '../webStorage.js';

const NARROW = '(max-width: 719px)';
const KEY = 'youtu.isHistoryHidden';

interface DrawerParts {
  readonly panel: HTMLElement;
  /** The page beside the panel; in a narrow window the panel covers it. */
  readonly rest: HTMLElement;
  readonly opener: HTMLButtonElement;
  readonly closer: HTMLButtonElement;
  /** A control that the panel has too; hidden while both would be visible. */
  readonly duplicate: HTMLElement;
}

/** A panel at the page's side. In a narrow window it covers the page, which is inert until the panel is closed. */
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
    closer.addEventListener('click', () => this.closeIfCovering());
    this.scrim.addEventListener('click', () => this.closeIfCovering());
    panel.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.closeIfCovering();
    });
    this.narrow.addEventListener('change', () => this.reset());
    this.reset();
  }

  /** Closes it where it covers the page. */
  closeIfCovering(): void {
    if (!this.narrow.matches || !this.isOpen) return;
    this.set(false);
    this.parts.opener.focus();
  }

  private toggle(): void {
    this.set(!this.isOpen);
    if (!this.narrow.matches) this.storage.set(KEY, this.isOpen ? undefined : 'yes');
    else if (this.isOpen) this.parts.closer.focus();
  }

  /** Sets the state that the window's width and the stored choice ask for. */
  private reset(): void {
    this.set(!this.narrow.matches && this.storage.get(KEY) === undefined);
  }

  private set(isOpen: boolean): void {
    const { panel, rest, opener, closer, duplicate } = this.parts;
    const isCovering = isOpen && this.narrow.matches;
    this.isOpen = isOpen;
    panel.hidden = !isOpen;
    this.scrim.hidden = !isCovering;
    rest.inert = isCovering;
    closer.hidden = !isCovering;
    duplicate.hidden = isOpen && !isCovering;
    const label = isOpen ? this.labels.close : this.labels.open;
    opener.setAttribute('aria-expanded', String(isOpen));
    opener.setAttribute('aria-label', label);
    opener.title = label;
  }
}
