import DOMPurify, { type Config } from 'dompurify';
import MarkdownIt, { type Env } from 'markdown-it';
import { linkTarget, webAddress, webUrl } from '../chatCore/linkTarget.js';
import { visibleText } from '../chatCore/hiddenCharacters.js';
import { element } from './elements.js';
import { nestMarkdownFences } from './markdownFence.js';
import { keepMath } from './markdownMath.js';

/** Link references of a text, shared by its blocks. */
export type MarkdownEnv = Env;

interface Block {
  readonly start: number;
  readonly end: number;
}

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false });
// Only links with a scheme: `main.py` is a file, not a site in Paraguay.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
keepMath(markdown);
nestMarkdownFences(markdown);
// markdown-it shows a host as Unicode, where letters of other scripts look like Latin ones.
const shownAddress = markdown.normalizeLinkText.bind(markdown);
markdown.normalizeLinkText = (address) => {
  const shown = shownAddress(address);
  const host = webUrl(address)?.hostname ?? '';
  return host.includes('xn--') ? shown.replace(/^(https?:\/\/(?:[^/?#]*@)?)[^/?#:]+/i, `$1${host}`) : shown;
};
// The page loads nothing from elsewhere: an image becomes a link to it.
markdown.renderer.rules.image = (tokens, index) => {
  const token = tokens[index];
  const href = String(token?.attrGet('src') ?? '');
  const { escapeHtml } = markdown.utils;
  return `<a href="${escapeHtml(href)}">${escapeHtml(token?.content || href)}</a>`;
};
markdown.renderer.rules.fence = (tokens, index) => {
  const { content = '', info = '' } = tokens[index] ?? {};
  const language = /^[\w+#.-]*/.exec(info.trim())?.[0] ?? '';
  const { escapeHtml } = markdown.utils;
  return `<pre data-language="${escapeHtml(language)}"><code>${escapeHtml(content)}</code></pre>\n`;
};
markdown.renderer.rules.code_block = markdown.renderer.rules.fence;
// A column's alignment comes as a style attribute, which the page's policy forbids.
for (const rule of ['th_open', 'td_open']) {
  markdown.renderer.rules[rule] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    const align = /text-align:(\w+)/.exec(String(token?.attrGet('style') ?? ''))?.[1];
    if (token !== undefined) token.attrs = align === undefined ? null : [['class', `align-${align}`]];
    return self.renderToken(tokens, index, options);
  };
}

const PURIFY: Config & { RETURN_DOM_FRAGMENT: true } = {
  ALLOWED_TAGS: [
    ...[
      'p',
      'br',
      'hr',
      'h1',
      'h2',
      'h3',
      'h4',
      'h5',
      'h6',
      'blockquote',
      'pre',
      'code',
      'em',
      'strong',
      's',
    ],
    ...['ul', 'ol', 'li', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'span', '#text'],
  ],
  ALLOWED_ATTR: ['href', 'title', 'start', 'class', 'data-language'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // Web pages, and files by a relative path that may end in a line, as in `src/app.ts:12`.
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|(?![\\/#])[^:]*(?:$|(?=:)(?<=\.[^:/]*)(?::\d+){1,2}$))/i,
  RETURN_DOM_FRAGMENT: true,
};

/** Splits a Markdown text into its top-level blocks, which together cover all of it. */
export function splitBlocks(source: string, env: MarkdownEnv): readonly Block[] {
  const starts = lineStarts(source);
  const offsets = markdown
    .parse(source, env)
    .filter(({ level, nesting, map }) => level === 0 && nesting >= 0 && map !== null)
    .map(({ map }) => starts[map?.[0] ?? 0] ?? 0);
  return offsets.map((offset, index) => ({
    start: index === 0 ? 0 : offset,
    end: offsets[index + 1] ?? source.length,
  }));
}

/** Renders Markdown into sanitized nodes. */
export function renderMarkdown(source: string, env: MarkdownEnv): DocumentFragment {
  const fragment = DOMPurify.sanitize(markdown.render(source, env), PURIFY);
  for (const link of fragment.querySelectorAll('a[href]')) showTarget(link);
  return fragment;
}

/** A link's tooltip is its target; where its text may deceive, the target is shown beside it. */
function showTarget(link: Element): void {
  const { href, shown } = linkTarget(link.getAttribute('href') ?? '', link.textContent);
  link.setAttribute('href', href);
  link.setAttribute('title', visibleText(webAddress(href) ?? href));
  if (shown !== undefined) link.after(element('span', { class: 'link-target' }, ` (${shown})`));
}

function lineStarts(source: string): readonly number[] {
  const starts = [0];
  for (let end = source.indexOf('\n'); end >= 0; end = source.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
