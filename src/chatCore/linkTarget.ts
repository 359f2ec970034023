import { hasHiddenCharacters, visibleText } from './hiddenCharacters.js';

/** Where a link of an answer leads, as a browser reads it, and whether its text says something else. */
export interface LinkTarget {
  /** As it was written, but without a user's name and password. */
  readonly href: string;
  /** To be shown beside the link because its text may deceive; `undefined` where it can't. */
  readonly shown?: string;
}

/** A host's name, or one with a scheme, in a text. */
const ADDRESS =
  /(?:https?:\/\/|\bwww\.)[^\s"'<>()[\]]+|(?<![\w@.-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?![\w-])/giu;
/** Characters of a text that are searched for addresses. */
const MAX_TEXT = 2000;
const WITH_SCHEME = /https?:\/\/|\bwww\./i;

/**
 * @param href of http or https, or a path in the workspace
 * @param text of the link, as it is shown
 */
export function linkTarget(href: string, text: string): LinkTarget {
  const url = webUrl(href);
  if (url === undefined) {
    const isDeceptive = /^https?:/i.test(href) || WITH_SCHEME.test(text) || hasHiddenCharacters(text);
    return { href, ...(isDeceptive ? { shown: visibleText(href) } : {}) };
  }
  const hasUser = url.username !== '' || url.password !== '';
  const isDeceptive =
    hasUser ||
    /(?:^|\.)xn--/.test(url.hostname) ||
    hasHiddenCharacters(text) ||
    namesOtherHost(text, url.hostname);
  return { href: hasUser ? withoutUser(url) : href, ...(isDeceptive ? { shown: url.host } : {}) };
}

/** The address of a web page. `undefined` for anything else, and for one that no browser could open. */
export function webUrl(href: string): URL | undefined {
  // A browser would read `https:\\host` and `https:host` as addresses too; other programs read them otherwise.
  if (!/^https?:\/\/[^\\/]/i.test(href)) return undefined;
  return URL.canParse(href) ? new URL(href) : undefined;
}

/** The address to open or to show: as browsers read it, whatever another program would see in it. */
export function webAddress(href: string): string | undefined {
  const url = webUrl(href);
  return url && withoutUser(url);
}

function withoutUser(url: URL): string {
  const address = new URL(url);
  address.username = '';
  address.password = '';
  return address.href;
}

/** Whether the text holds an address that isn't on the host, nor on one that the host is a part of. */
function namesOtherHost(text: string, host: string): boolean {
  return [...text.slice(0, MAX_TEXT).matchAll(ADDRESS)].some(([address]) => {
    const named = hostOf(address);
    return named === undefined || !(bare(host) === named || bare(host).endsWith(`.${named}`));
  });
}

function hostOf(address: string): string | undefined {
  const full = /^https?:/i.test(address) ? address : `https://${address}`;
  return URL.canParse(full) ? bare(new URL(full).hostname) : undefined;
}

function bare(host: string): string {
  return host.replace(/^www\./, '').replace(/\.$/, '');
}
