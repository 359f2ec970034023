import { element } from './element.js';
import { icon } from './icon.js';

/** As near to the end as counts as being there, px. */
const NEAR = 30;

/** Keeps the end in sight while the content grows, unless the user has scrolled away from it. */
export class ScrollFollower {
  readonly button: HTMLButtonElement;
  private isFollowing = true;

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
    this.isFollowing = scrollHeight - scrollTop - clientHeight < NEAR;
    this.button.hidden = this.isFollowing;
  }
}
