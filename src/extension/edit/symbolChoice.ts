/** A symbol of the editor's outline; kinds as VS Code numbers them. */
export interface SymbolNode<R> {
  readonly kind: number;
  readonly range: R;
  readonly children: readonly SymbolNode<R>[];
}

const METHOD = 5;
const PROPERTY = 6;
const FIELD = 7;
const CONSTRUCTOR = 8;
const FUNCTION = 11;
const VARIABLE = 12;
const CONSTANT = 13;
const STRING = 14;
const KEY = 19;
const ENUM_MEMBER = 21;
const OPERATOR = 24;

const CALLABLE: readonly number[] = [METHOD, CONSTRUCTOR, FUNCTION, OPERATOR];
const VALUE: readonly number[] = [VARIABLE, CONSTANT, PROPERTY, FIELD, ENUM_MEMBER];

/**
 * The symbol that an edit is about.
 * @param contains whether a symbol's range holds the place in question
 * @returns for a fix the innermost function, else the innermost symbol; for a comment the innermost that one documents
 */
export function chooseSymbol<R>(
  symbols: readonly SymbolNode<R>[],
  intent: 'fix' | 'document',
  contains: (range: R) => boolean,
): R | undefined {
  const path = pathTo(symbols, contains);
  if (intent === 'document') {
    const documented = path.filter((symbol, index) => isDocumentable(symbol, path.slice(0, index)));
    return documented.at(-1)?.range;
  }
  return (path.findLast(({ kind }) => CALLABLE.includes(kind)) ?? path.at(-1))?.range;
}

function pathTo<R>(
  symbols: readonly SymbolNode<R>[],
  contains: (range: R) => boolean,
): readonly SymbolNode<R>[] {
  const symbol = symbols.find(({ range }) => contains(range));
  return symbol === undefined ? [] : [symbol, ...pathTo(symbol.children, contains)];
}

/** A variable inside of a function needs no comment; strings, numbers and keys are parts of data. */
function isDocumentable<R>({ kind }: SymbolNode<R>, outer: readonly SymbolNode<R>[]): boolean {
  if (kind >= STRING && kind < KEY + 2) return false;
  return !VALUE.includes(kind) || !outer.some((symbol) => CALLABLE.includes(symbol.kind));
}
