/** Why an edit is impossible, and what to do: one table for the command line and for editors that speak LSP. */
import type { EngineErrorData } from '../protocol/errors.js';
import type { EditDoubt, EditObjection } from '../protocol/editVerdict.js';

type ImpossibleEdit = EngineErrorData & { readonly kind: 'editImpossible' };

/** On the command line the user names lines of a file; in an editor the cursor is somewhere. */
type EditPlace = 'commandLine' | 'editor';

type Sentence = string | Readonly<Record<EditPlace, string>>;

const SENTENCES: Readonly<Record<Exclude<ImpossibleEdit['reason'], 'noFix'>, Sentence>> = {
  noDocument:
    'The server doesn’t have this document open; it may be too large. Reopen it, or try a smaller one.',
  documentChanged: 'The text changed while the model was writing, so nothing was replaced. Try again.',
  emptyRegion: {
    commandLine: 'There is no code on these lines. Name lines with code.',
    editor: 'There is no code at the cursor. Move the cursor to code, or select some.',
  },
  regionTooLong: {
    commandLine: 'These lines are too long for the model. Name fewer lines.',
    editor: 'The code around the cursor is too long for the model. Select a smaller part.',
  },
  noSymbol: {
    commandLine: 'There is no function, class or variable on this line to document. Name the line of one.',
    editor: 'There is no function, class or variable at the cursor to document. Move the cursor to one.',
  },
  noComments: {
    commandLine:
      'Nothing was written, because it isn’t known how this language writes comments. Name the file by its language’s ending.',
    editor:
      'Nothing was written, because it isn’t known how this language writes comments. Set the file’s language if it is another one.',
  },
  allDocumented: 'Nothing to document: each function and type has a comment.',
  noChange: {
    commandLine: 'The model found nothing to change. Say it in other words, or use a larger model.',
    editor: 'The model found nothing to change here.',
  },
  noInstruction: {
    commandLine: 'The instruction is blank. Say what is to be done.',
    editor: 'Say what is to be done: the command youtu.edit needs an instruction.',
  },
  instructionTooLong: 'The instruction is too long for the model. Use a shorter one.',
  noTestable: 'There is no function or class here that a test could call. Name a line inside one.',
  notReachable:
    'A test can’t get at this: it is private, or its file doesn’t export it. Export it, or name what calls it.',
  noTestFramework:
    'No test framework was found in the project’s manifest (package.json, pyproject.toml, go.mod, Cargo.toml, pom.xml, build.gradle, Gemfile, composer.json, .csproj). Add one, for example Vitest or JUnit.',
  testFileOutside:
    'The tests would be written out of this project, because a link leads there. Replace the link by a file or folder.',
  testFileUnreadable:
    'The file with the tests is there, but can’t be read, or it is excluded by youtu.completion.exclude or a name that secrets have.',
  noName: 'There is no name at the cursor. Put the cursor on one.',
  noNames: 'The model found no other name that is free here. Try again, or use a larger model.',
};

export function impossibleText(data: ImpossibleEdit, place: EditPlace): string {
  if (data.reason === 'noFix') return noFixText(data.objection);
  const sentence = SENTENCES[data.reason];
  return typeof sentence === 'string' ? sentence : sentence[place];
}

const DOUBTS: Readonly<Record<EditDoubt, string>> = {
  shorter: 'much of the code was gone',
  unbalanced: 'its brackets didn’t match',
  unfinished: 'it was not finished',
  commentOnly: 'only comments had changed',
  indentation: 'the code had left its block',
  magic: 'a line for the notebook had changed',
  syntax: 'it had a syntax error',
  unknownName: 'it used a name that nothing defines',
  problemStays: 'the problem was still there',
  newProblem: 'it had a new problem',
  noTest: 'it tested nothing',
  definitionGone: 'code was gone that was to stay',
};

function noFixText(objection: EditObjection | undefined): string {
  const reason = objection === undefined ? '' : `: in the last one, ${objectionText(objection)}`;
  return `No version of the code passed the checks${reason}. Try again, or use a larger model.`;
}

function objectionText({ reason, message }: EditObjection): string {
  return message === undefined ? DOUBTS[reason] : `${DOUBTS[reason]} (${message})`;
}
