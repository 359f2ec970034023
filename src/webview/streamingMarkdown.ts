import type { ChatStrings } from '../protocol/chatStrings.js';
import { markHiddenCharacters } from './characterMarks.js';
import { decorateCodeBlocks } from './codeBlock.js';
import { element } from './elements.js';
import { renderMarkdown, splitBlocks, type MarkdownEnv } from './markdown.js';

/** Share of the time that rendering may take: a slow machine updates less often instead of blocking the page. */
const MAX_RENDER_SHARE = 0.25;
/** A last line this short may still become part of the block before it: `2` may become a list's `2.` */
const MIN_DECIDED_LENGTH = 5;

interface RenderedBlock {
  source: string;
  readonly element: HTMLElement;
}

/** Streamed Markdown. Complete blocks are rendered once; only the last one is rendered again. */
export class StreamingMarkdown {
  readonly element = element('div', { class: 'markdown' });
  private source = '';
  private readonly blocks: RenderedBlock[] = [];
  /** Number of complete blocks, and the offset of the text after them. */
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
    const wait = this.lastRender + this.cost / MAX_RENDER_SHARE - performance.now();
    // All pieces that arrive before the next frame are rendered together.
    this.timer ??= setTimeout(() => requestAnimationFrame(() => this.render()), Math.max(0, wait));
  }

  /** Sets the final text. Splits all of it again, since later text can change earlier blocks. */
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
      decorateCodeBlocks(fragment, this.strings);
      markHiddenCharacters(fragment);
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
  return !block.includes('\n') && block.length < MIN_DECIDED_LENGTH;
}

/**
 * Makes `target`'s children equal to `source`'s, changing only what differs, so that streamed text
 * doesn't flicker and keeps its selection. Nodes are moved out of `source`.
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
    // Appending keeps the selection.
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
