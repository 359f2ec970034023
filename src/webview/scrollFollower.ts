import { element, icon } from './elements.js';

/** As near to the end as counts as being there, px. */
const NEAR = 30;

/** Keeps the end in sight while the content grows, unless the user has scrolled away from it. */
export class ScrollFollower {
  readonly button: HTMLButtonElement;
  private isFollowing = true;
  /** Where the scroller stood at the last look, px. */
  private lastTop = 0;

  constructor(
    private readonly scroller: HTMLElement,
    content: HTMLElement,
    label: string,
  ) {
    this.button = element(
      'button',
      { type: 'button', class: 'icon-button jump', title: label, 'aria-label': label },
      icon('down'),
    );
    this.button.addEventListener('click', () => this.jump());
    scroller.addEventListener('scroll', () => this.look(), { passive: true });
    const resized = new ResizeObserver(() => (this.isFollowing ? this.jump() : this.look()));
    resized.observe(content);
    resized.observe(scroller);
    this.look();
  }

  /** To the end, and from there on with it. */
  jump(): void {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.look();
  }

  private look(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.isFollowing = true;
    // Only the user moves up. That the end is far may also mean that the content has grown since the page moved there.
    else if (scrollTop < this.lastTop) this.isFollowing = false;
    this.lastTop = scrollTop;
    this.button.hidden = this.isFollowing;
  }
}
