import { element, icon } from './elements.js';

/** Distance to the end that still counts as being there, px. */
const MAX_DISTANCE = 30;

/** Keeps the end visible while the content grows, unless the user has scrolled up. */
export class ScrollFollower {
  readonly button: HTMLButtonElement;
  private isFollowing = true;
  /** Scroll position at the last update, px. */
  private lastTop = 0;

  /** @param takeFocus is called when the button had the focus and is hidden */
  constructor(
    private readonly scroller: HTMLElement,
    content: HTMLElement,
    label: string,
    private readonly takeFocus: () => void,
  ) {
    this.button = element(
      'button',
      { type: 'button', class: 'icon-button jump', title: label, 'aria-label': label },
      icon('down'),
    );
    this.button.addEventListener('click', () => this.jump());
    scroller.addEventListener('scroll', () => this.update(), { passive: true });
    const resized = new ResizeObserver(() => (this.isFollowing ? this.jump() : this.update()));
    resized.observe(content);
    resized.observe(scroller);
    this.update();
  }

  /** Scrolls to the end and follows it again. */
  jump(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.update();
  }

  private update(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollHeight - scrollTop - clientHeight < MAX_DISTANCE) this.isFollowing = true;
    // Only the user scrolls up. A large distance alone may mean that the content has grown since the last jump.
    else if (scrollTop < this.lastTop) this.isFollowing = false;
    this.lastTop = scrollTop;
    const hadFocus = this.isFollowing && document.activeElement === this.button;
    this.button.hidden = this.isFollowing;
    if (hadFocus) this.takeFocus();
  }
}
