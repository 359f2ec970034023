import type ts from 'typescript';

/**
 * TypeScript's own names of fixes that put right what was meant. The others silence the error, declare what is missing
 * without a body, remove code, or are a matter of taste.
 */
const MEANT: ReadonlySet<string> = new Set([
  ...['import', 'spelling', 'forgottenThisPropertyAccess', 'addMissingNewOperator'],
  ...['addMissingAwait', 'fixAwaitInSyncFunction', 'fixMissingCallParentheses', 'returnValueCorrect'],
  ...['fixConvertConstToLet', 'fixPropertyAssignment', 'fixExpectedComma', 'addMissingConst'],
  ...['constructorForDerivedNeedSuperCall', 'fixClassSuperMustPrecedeThisAccess', 'useDefaultImport'],
  ...['extendsInterfaceBecomesImplements', 'fixReturnTypeInAsyncFunction', 'fixInvalidImportSyntax'],
  ...['fixOverrideModifier', 'fixImportNonExportedMember', 'wrapJsxInFragment', 'fixNaNEquality'],
]);

/**
 * The changes of the fixes that are offered, in this file alone. Of several modules that a name could come from, none is
 * better than another.
 */
export function chooseCodeFixes(
  actions: readonly ts.CodeFixAction[],
  path: string,
): readonly (readonly ts.TextChange[])[] {
  const own = actions.filter(
    ({ fixName, changes, commands = [] }) =>
      MEANT.has(fixName) &&
      commands.length === 0 &&
      changes.length > 0 &&
      changes.every(({ fileName }) => fileName === path),
  );
  const imports = own.filter(({ fixName }) => fixName === 'import');
  return (
    own
      .filter(({ fixName }) => fixName !== 'import' || imports.length === 1)
      // A similar name is the least of what may have been meant.
      .sort((one, other) => Number(one.fixName === 'spelling') - Number(other.fixName === 'spelling'))
      .map(({ changes }) => changes.flatMap(({ textChanges }) => textChanges))
  );
}

export function withChanges(text: string, changes: readonly ts.TextChange[]): string {
  return [...changes]
    .sort((one, other) => other.span.start - one.span.start)
    .reduce(
      (all, { span, newText }) => all.slice(0, span.start) + newText + all.slice(span.start + span.length),
      text,
    );
}
