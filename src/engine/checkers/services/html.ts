import { getLanguageService, type Node } from 'vscode-html-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CheckFile, CheckerProblem } from '../checker.js';
import { checkCss } from './css.js';

const service = getLanguageService({ useDefaultDataProvider: false });

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;
/** Their end may be left out. */
const OPEN =
  /^(?:html|head|body|p|li|dt|dd|rt|rp|optgroup|option|colgroup|caption|thead|tbody|tfoot|tr|td|th|!doctype)$/i;

/** Tags without an end and ends without a tag, which browsers put up with, broken tags, and the styles within. */
export async function checkHtml(file: CheckFile): Promise<readonly CheckerProblem[]> {
  const document = TextDocument.create(file.uri, 'html', 1, file.text);
  const nodes = [...allNodes(service.parseHTMLDocument(document).roots)];
  const { errors, ends } = tagsOf(file.text);
  const matched = new Set(nodes.map(({ endTagStart }) => endTagStart));
  const found: readonly (readonly [number, string])[] = [
    ...errors,
    ...nodes
      .filter((node) => isUnended(node, file.text))
      .map(({ start, tag = '' }) => [start, `'<${tag}>' is never closed`] as const),
    ...ends
      .filter(([offset, tag]) => !matched.has(offset) && !OPEN.test(tag))
      .map(([offset, tag]) => [offset, `'</${tag}>' closes nothing`] as const),
  ];
  const styles = nodes.filter(({ tag }) => tag === 'style').flatMap(contentOf);
  const inStyles = { ...file, languageId: 'css', text: only(file.text, styles) };
  return [
    ...found.map(([offset, message]): CheckerProblem => {
      const { line, character } = document.positionAt(offset);
      return { line, column: character, message, severity: 'error' };
    }),
    ...(styles.length === 0 ? [] : await checkCss(inStyles)),
  ].sort((one, other) => one.line - other.line || one.column - other.column);
}

const SCRIPT_TYPE = /^["']?(?:module|(?:text|application)\/(?:java|ecma)script)?["']?$/i;

/** The text of a page with its scripts alone, each where it is. */
export function scriptsOf(text: string): string {
  const { roots } = service.parseHTMLDocument(TextDocument.create('', 'html', 1, text));
  const scripts = [...allNodes(roots)].filter(
    ({ tag, attributes }) => tag === 'script' && SCRIPT_TYPE.test(attributes?.['type'] ?? ''),
  );
  return only(text, scripts.flatMap(contentOf));
}

type Span = readonly [start: number, end: number];

function contentOf({ startTagEnd, endTagStart }: Node): Span[] {
  return startTagEnd === undefined || endTagStart === undefined ? [] : [[startTagEnd, endTagStart]];
}

/** What the scanner finds wrong, and each end tag by its offset. */
function tagsOf(text: string): Record<'errors' | 'ends', [number, string][]> {
  const errors: [number, string][] = [];
  const ends: [number, string][] = [];
  const scanner = service.createScanner(text);
  let endAt: number | undefined;
  while (scanner.getTokenEnd() < text.length) {
    scanner.scan();
    const error = scanner.getTokenError();
    if (error !== undefined) errors.push([scanner.getTokenOffset(), error]);
    if (endAt !== undefined) ends.push([endAt, scanner.getTokenText()]);
    endAt = scanner.getTokenText() === '</' ? scanner.getTokenOffset() : undefined;
  }
  return { errors, ends };
}

function* allNodes(nodes: readonly Node[]): Generator<Node> {
  for (const node of nodes) {
    yield node;
    yield* allNodes(node.children);
  }
}

function isUnended({ tag, start, startTagEnd, endTagStart }: Node, text: string): boolean {
  if (tag === undefined || endTagStart !== undefined || VOID.test(tag) || OPEN.test(tag)) return false;
  return startTagEnd === undefined || !text.slice(start, startTagEnd).endsWith('/>');
}

/** Blanks for everything but some spans. */
function only(text: string, spans: readonly Span[]): string {
  let at = 0;
  let kept = '';
  const blank = (part: string): string => part.replace(/[^\r\n]/g, ' ');
  for (const [start, end] of spans) {
    kept += blank(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  return kept + blank(text.slice(at));
}
