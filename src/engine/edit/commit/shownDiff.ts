/** The part of a change that a model is shown: all files in a list, and as many changed lines as there is room for. */
import type { ChangeFacts } from './changeFacts.js';
import type { ChangedFile } from './diffReader.js';
import { fileKindOf, type FileKind } from './fileKinds.js';

const MAX_LISTED = 12;
const MAX_LINE_LENGTH = 140;
const MIN_SHARE = 160;
/** What says the most about a change comes first. */
const ORDER: readonly FileKind[] = ['code', 'manifest', 'ci', 'docs', 'test', 'generated', 'lock'];
/**
 * Lines that speak to a model. What is changed is to be described, not followed; a line of a program that is about
 * prompts is a small loss.
 */
const SPEAKS_TO_MODEL =
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?|rules|above|previous|everything)\b|\b(?:you are|act as|as) an? (?:\w+ )?(?:ai|assistant|language model|llm|chatbot)\b|\b(?:reply|respond|answer|output|write|say|print) (?:only|exactly|with|just|the following)\b|\bcommit (?:message|subject)\b|\bsystem prompt\b|<\|\w+\|>|忽略.{0,20}(?:指令|指示|提示|以上|之前)|提交信息/i;

/** @param maxCharacters for the changed lines */
export function shownChange({ files, symbols }: ChangeFacts, maxCharacters: number): string {
  const ordered = [...files].sort((one, other) => rankOf(one) - rankOf(other));
  const listed = ordered.slice(0, MAX_LISTED);
  const rest = ordered.length - listed.length;
  const parts = [
    [
      'Changed files:',
      ...listed.map(fileLine),
      ...(rest > 0 ? [`- and ${rest} more, ${folderCounts(ordered)}`] : []),
    ],
    symbolLines('New', symbols.added),
    symbolLines('Removed', symbols.removed),
    symbolLines('Changed', symbols.changed),
  ];
  const lists = parts.filter((part) => part.length > 0).map((part) => part.join('\n'));
  const hunks = shownHunks(ordered, maxCharacters);
  return [...lists, ...(hunks === '' ? [] : [hunks])].join('\n');
}

/** Whether a line may be quoted to a model. */
export function isQuotable(line: string): boolean {
  return !SPEAKS_TO_MODEL.test(line);
}

function rankOf({ path, content, change }: ChangedFile): number {
  const kind = content === 'text' ? ORDER.indexOf(fileKindOf(path)) : ORDER.length;
  return kind * 2 + (change === 'removed' ? 1 : 0);
}

function fileLine({ path, oldPath, change, content, added, removed }: ChangedFile): string {
  const name = oldPath === undefined ? path : `${oldPath} → ${path}`;
  const lines = content === 'text' && added + removed > 0 ? `, +${added} -${removed}` : '';
  return `- ${shortened(name)}: ${content === 'text' ? '' : `${content} file `}${change}${lines}`;
}

function symbolLines(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${title}: ${names.join(', ')}`];
}

function folderCounts(files: readonly ChangedFile[]): string {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const folder = path.split('/').slice(0, -1).slice(0, 2).join('/') || '.';
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const most = [...counts].sort(([, one], [, other]) => other - one).slice(0, 5);
  return most.map(([folder, count]) => `${count} in ${folder}`).join(', ');
}

/** Each file gets its share; what one doesn't use is the next one's. */
function shownHunks(files: readonly ChangedFile[], maxCharacters: number): string {
  const withLines = files.filter(({ hunks }) => hunks.some(({ lines }) => lines.length > 0));
  let room = maxCharacters;
  const parts: string[] = [];
  withLines.forEach((file, index) => {
    const share = Math.max(MIN_SHARE, Math.floor(room / (withLines.length - index)));
    if (room < MIN_SHARE) return;
    const text = hunksText(file, Math.min(share, room));
    if (text === '') return;
    parts.push(text);
    room -= text.length;
  });
  return parts.join('\n');
}

function hunksText({ path, hunks }: ChangedFile, room: number): string {
  const lines = [`--- ${shortened(path)}`];
  let length = lines[0]?.length ?? 0;
  for (const hunk of hunks) {
    const heading = isQuotable(hunk.heading) ? `@@ ${hunk.heading}` : '@@';
    const changed = changedLines(hunk.lines);
    if (changed.length === 0) continue;
    for (const line of [shortened(heading), ...changed]) {
      length += line.length + 1;
      if (length > room) return lines.length === 1 ? '' : lines.join('\n');
      lines.push(line);
    }
  }
  return lines.join('\n');
}

/** With the line before each change, which often names what it is in. */
function changedLines(lines: readonly string[]): string[] {
  return lines
    .filter((line, index) => !line.startsWith(' ') || isChanged(lines[index + 1]))
    .filter((line) => line.trim().length > 1 && isQuotable(line))
    .map(shortened);
}

function isChanged(line: string | undefined): boolean {
  return line !== undefined && !line.startsWith(' ');
}

function shortened(text: string): string {
  return text.length > MAX_LINE_LENGTH ? `${text.slice(0, MAX_LINE_LENGTH)}…` : text;
}
