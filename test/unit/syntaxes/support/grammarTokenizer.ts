import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { grammars } from 'tm-grammars';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const require = createRequire(import.meta.url);

export interface ScopedText {
  readonly text: string;
  /** From the inside out. */
  readonly scopes: readonly string[];
}

export type Tokenize = (text: string) => ScopedText[][];

/**
 * VS Code's tokenizer with a grammar of this repository, and VS Code's grammars for embedded languages.
 * @param path of the grammar, from the repository's root
 */
export async function grammarTokenizer(path: string): Promise<Tokenize> {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  const own = parse(join(process.env['YOUTU_ROOT'] ?? process.cwd(), path));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope) => {
      if (scope === own.scopeName) return Promise.resolve(own);
      const known = grammars.find(({ scopeName }) => scopeName === scope);
      return Promise.resolve(known && parse(require.resolve(`tm-grammars/grammars/${known.name}.json`)));
    },
  });
  const grammar = await registry.loadGrammar(own.scopeName);
  if (grammar === null) throw new Error(`${path} can't be loaded`);
  return (text) => {
    let state = textmate.INITIAL;
    return text.split('\n').map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens.map(({ startIndex, endIndex, scopes }) => ({
        text: line.slice(startIndex, endIndex),
        scopes: scopes.toReversed(),
      }));
    });
  };
}

function parse(path: string): ReturnType<typeof textmate.parseRawGrammar> {
  return textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
}
