import type { ChatStrings } from '../protocol/chatStrings.js';
import { dressCodeBlocks } from './codeBlock.js';
import { element } from './elements.js';
import { renderMarkdown, splitBlocks, type MarkdownEnv } from './markdown.js';

/** Rendering may take this part of the time: a slow machine shows longer steps instead of a stuck page. */
const SHARE_OF_TIME = 0.25;
/** A last line this short may still turn out to go on with the block before it: `2` may become a list's `2.` */
const UNDECIDED_CHARACTERS = 5;

interface RenderedBlock {
  source: string;
  readonly element: HTMLElement;
}

/** Markdown that grows. Blocks that are complete are rendered once; only the last one is rendered again. */
export class StreamingMarkdown {
  readonly element = element('div', { class: 'markdown' });
  private source = '';
  private readonly blocks: RenderedBlock[] = [];
  /** Blocks that are complete, and where the text after them begins. */
  private complete = 0;
  private completeEnd = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private cost = 0;
  private lastRender = -Infinity;
  private isFinished = false;

  constructor(private readonly strings: ChatStrings) {}

  get text(): string {
    return this.source;
  }

  append(text: string): void {
    this.source += text.replaceAll('\r', '');
    const wait = this.lastRender + this.cost / SHARE_OF_TIME - performance.now();
    // Several pieces may come before the next frame: they are rendered together.
    this.timer ??= setTimeout(() => requestAnimationFrame(() => this.render()), Math.max(0, wait));
  }

  /** The text as it is in the end. Looks at the whole once more: what came later may mean other blocks. */
  finish(text: string): void {
    this.source = text.replaceAll('\r', '');
    this.isFinished = true;
    clearTimeout(this.timer);
    const env: MarkdownEnv = {};
    const slices = splitBlocks(this.source, env).map(({ start, end }) => this.source.slice(start, end));
    // Links may be defined after they are used.
    this.update(0, slices, env, Object.keys(env.references ?? {}).length > 0);
  }

  private render(): void {
    this.timer = undefined;
    if (this.isFinished) return;
    const started = performance.now();
    const tail = this.source.slice(this.completeEnd);
    const found = splitBlocks(tail, {});
    const slices = found.map(({ start, end }) => tail.slice(start, end));
    this.update(this.complete, slices, {}, false);
    const last = found.at(-1);
    if (last !== undefined && !isUndecided(tail.slice(last.start))) {
      this.complete += found.length - 1;
      this.completeEnd += last.start;
    }
    this.lastRender = performance.now();
    this.cost = this.lastRender - started;
  }

  private update(from: number, slices: readonly string[], env: MarkdownEnv, isForced: boolean): void {
    slices.forEach((source, offset) => {
      const block = this.blockAt(from + offset);
      if (block.source === source && !isForced) return;
      block.source = source;
      const fragment = renderMarkdown(source, env);
      dressCodeBlocks(fragment, this.strings);
      patchNodes(block.element, fragment);
    });
    for (const { element: gone } of this.blocks.splice(from + slices.length)) gone.remove();
  }

  private blockAt(index: number): RenderedBlock {
    let block = this.blocks[index];
    if (block === undefined) {
      block = { source: '', element: element('div', { class: 'block' }) };
      this.blocks.push(block);
      this.element.append(block.element);
    }
    return block;
  }
}

function isUndecided(block: string): boolean {
  return !block.includes('\n') && block.length < UNDECIDED_CHARACTERS;
}

/**
 * Makes `target`'s children equal to `source`'s, changing only what differs, so that a text that grows doesn't
 * flicker, and a selection in it stays. `source` is used up.
 */
function patchNodes(target: Node, source: Node): void {
  let old = target.firstChild;
  for (const fresh of [...source.childNodes]) {
    if (old === null) {
      target.appendChild(fresh);
      continue;
    }
    const next: ChildNode | null = old.nextSibling;
    if (!old.isEqualNode(fresh)) patchNode(old, fresh);
    old = next;
  }
  while (old !== null) {
    const next: ChildNode | null = old.nextSibling;
    old.remove();
    old = next;
  }
}

function patchNode(old: ChildNode, fresh: ChildNode): void {
  if (old instanceof Text && fresh instanceof Text) {
    // Appending keeps what is selected.
    if (fresh.data.startsWith(old.data)) old.appendData(fresh.data.slice(old.length));
    else old.data = fresh.data;
  } else if (old instanceof Element && fresh instanceof Element && old.tagName === fresh.tagName) {
    patchAttributes(old, fresh);
    patchNodes(old, fresh);
  } else {
    old.replaceWith(fresh);
  }
}

function patchAttributes(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}
