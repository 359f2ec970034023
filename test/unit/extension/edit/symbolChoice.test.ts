import assert from 'node:assert/strict';
import { chooseSymbol, type SymbolNode } from '../../../../src/extension/edit/symbolChoice.js';

/** VS Code's symbol kinds. */
const KIND = { class: 4, method: 5, property: 6, function: 11, variable: 12, string: 14 };

/** Ranges are names here; those that contain the position are marked. */
const node = (
  kind: keyof typeof KIND,
  range: string,
  ...children: readonly SymbolNode<string>[]
): SymbolNode<string> => ({ kind: KIND[kind], range, children });

const choose = (intent: 'fix' | 'document', ...symbols: readonly SymbolNode<string>[]): string | undefined =>
  chooseSymbol(symbols, intent, (range) => range.endsWith('▮'));

describe('the symbol of an edit', () => {
  it('is the innermost function, for a fix', () =>
    assert.equal(
      choose('fix', node('class', 'A▮', node('method', 'f'), node('method', 'g▮', node('variable', 'x▮')))),
      'g▮',
    ));

  it('is the innermost symbol outside of functions, for a fix', () =>
    assert.equal(choose('fix', node('class', 'A▮', node('property', 'p▮'))), 'p▮'));

  it('is the function, and not a variable in it, for a comment', () =>
    assert.equal(choose('document', node('function', 'f▮', node('variable', 'x▮'))), 'f▮'));

  it('is a property of a class, for a comment', () =>
    assert.equal(choose('document', node('class', 'A▮', node('property', 'p▮'))), 'p▮'));

  it('is a function in a function, for a comment', () =>
    assert.equal(choose('document', node('function', 'f▮', node('function', 'g▮'))), 'g▮'));

  it('is never a value in data, for a comment', () =>
    assert.equal(choose('document', node('string', 's▮')), undefined));

  it('is undefined without a symbol', () => assert.equal(choose('fix', node('function', 'f')), undefined));
});
