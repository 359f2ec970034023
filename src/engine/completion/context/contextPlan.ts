import type { Position } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { chooseDefinitions } from './chooseDefinitions.js';
import type { RecentLocations } from './recentLocations.js';
import type { Snippet } from './fileSnippets.js';
import type { EditorContext } from './editorContext.js';
import type { UsedDefinition } from './usedDefinitions.js';
import { displayPath, pathOf } from './workspace.js';

/** The largest shares of the budget for what isn't a definition; definitions get what these leave. */
const RECENT_SHARE = 0.3;
const MAX_RECENT = 3;
const CLIPBOARD_SHARE = 0.15;
const PROBLEMS_SHARE = 0.1;
/** Too little to say anything with. */
const MIN_BUDGET = 100;

/** What was chosen to be shown, and for which state of things. */
export interface Plan {
  readonly snippets: readonly Snippet[];
  readonly knownState: string | undefined;
  readonly recentState: string;
  readonly line: number;
  /** Not all had room: elsewhere in the document something else would be chosen. */
  readonly isCut: boolean;
}

export interface PlanInput {
  readonly document: TextDocument;
  readonly position: Position;
  readonly characters: number;
  readonly root: string | undefined;
  readonly used: readonly UsedDefinition[];
  readonly knownState: string | undefined;
  readonly recentState: string;
  readonly recent: RecentLocations;
  readonly editorContext: EditorContext;
}

/** What changes the seldomest comes first: definitions, then recent places, then what is true only now. */
export function makePlan(input: PlanInput): Plan {
  const { document, position, characters, root, used, knownState, recentState, recent, editorContext } =
    input;
  const { uri } = document;
  const made = { knownState, recentState, line: position.line };
  if (characters < MIN_BUDGET) return { ...made, snippets: [], isCut: false };
  const text = document.getText();
  const display = (path: string): string => displayPath(path, root);

  const late: Snippet[] = [];
  const copied = editorContext.clipboardFor(text);
  if (copied !== undefined && copied.length <= characters * CLIPBOARD_SHARE)
    late.push({ path: 'clipboard', text: copied });
  const problems = editorContext.problemsNear(uri, position.line).join('\n');
  if (problems !== '' && problems.length <= characters * PROBLEMS_SHARE)
    late.push({ path: 'problems', text: problems });
  const recentTexts = recent.textsFor(uri, root, { characters: characters * RECENT_SHARE, most: MAX_RECENT });
  const places = recentTexts.map(({ uri: other, text: shown }): Snippet => {
    const path = pathOf(other);
    return {
      path: path === undefined ? displayPath(other, undefined) : display(path),
      text: shown,
    };
  });

  const rest =
    characters -
    [...places, ...late].reduce((sum, { path, text: shown }) => sum + path.length + shown.length, 0);
  const { snippets, isCut } = chooseDefinitions(used, text, document.offsetAt(position), rest, display);
  return { ...made, snippets: [...snippets, ...places, ...late], isCut };
}
