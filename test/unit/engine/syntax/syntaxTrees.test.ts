import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Grammars } from '../../../../src/engine/syntax/grammars.js';
import files from '../../../../src/engine/syntax/grammars.json' with { type: 'json' };
import { syntaxOf } from '../../../../src/engine/syntax/languageSyntax.js';
import { SyntaxTrees } from '../../../../src/engine/syntax/syntaxTrees.js';

const open = (text: string, languageId = 'typescript', uri = 'file:///a'): TextDocument =>
  TextDocument.create(uri, languageId, 1, text);

describe('syntax trees of documents', () => {
  it('exist for every listed language, with node names of its grammar', async () => {
    const grammars = new Grammars((message) => assert.fail(message));
    for (const languageId of Object.keys(files)) {
      const grammar = await grammars.load(languageId);
      const syntax = syntaxOf(grammar?.name ?? '');
      assert.ok(grammar && syntax, languageId);
      const known = new Set(grammar.language.types);
      const named = [...syntax.bodies, ...syntax.strings, ...syntax.comments, ...(syntax.declarations ?? [])];
      // TypeScript's table extends JavaScript's.
      const missing = named.filter((name) => !known.has(name));
      assert.deepEqual(missing, [], languageId);
    }
  });

  it('don’t exist before a language is used, and load in the background', async () => {
    const trees = new SyntaxTrees();
    const document = open('f();\n');
    assert.equal(trees.of(document), undefined);
    await trees.prepare(document);
    assert.equal(trees.of(document)?.root.type, 'program');
  });

  it('don’t exist for a language without a grammar, or for a text of megabytes', async () => {
    const trees = new SyntaxTrees();
    for (const document of [open('a', 'cobol', 'file:///b'), open('f();\n'.repeat(250_000))]) {
      await trees.prepare(document);
      assert.equal(trees.of(document), undefined);
    }
    assert.equal(await trees.read('cobol', 'a', () => 1), undefined);
  });

  it('are the same after incremental edits as after a full parse', async () => {
    const trees = patientTrees();
    const pieces = ['class A {\n', '}', 'f(x', '"', '`${', '// é中😀', 'b() {\r\n', '(', '/*', '*/', '\t'];
    const document = open(Array.from({ length: 40 }, (_, i) => `f${i}(\n  '中😀',\n);\n`).join(''));
    await trees.prepare(document);
    let seed = 7;
    let version = 1;
    let compared = 0;
    const random = (limit: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % limit;
    };
    const edit = (offset: number, length: number, text: string): void => {
      const range = { start: document.positionAt(offset), end: document.positionAt(offset + length) };
      TextDocument.update(document, [{ range, text }], ++version);
    };
    for (let round = 0; round < 60; round++) {
      // A syntax error comes and goes, and a statement stays.
      const offset = random(document.getText().length);
      const piece = pieces[random(pieces.length)] ?? '';
      edit(offset, 0, piece);
      assert.notEqual(trees.of(document), undefined);
      edit(offset, piece.length, '');
      edit(document.offsetAt(at(3 * random(40))), 0, `class A${round} {\r\n  b = '中';\n}\n`);
      const incremental = trees.of(document)?.root.toString();
      const fresh = await trees.read('typescript', document.getText(), ({ root }) => root.toString());
      if (fresh?.includes('ERROR') === false) {
        assert.equal(incremental, fresh, `after edit ${round}`);
        compared++;
      }
    }
    assert.ok(compared > 50, `${compared} compared`);
  });

  it('match the new text when a document is opened again', async () => {
    const trees = patientTrees();
    await trees.prepare(open('f();\n'));
    assert.match(trees.of(open('class A {}\n'))?.root.toString() ?? '', /^\(program \(class_declaration/);
  });

  it('match the new language when it changes', async () => {
    const trees = patientTrees();
    await trees.prepare(open('a = 1\n'));
    const python = open('a = 1\n', 'python');
    await trees.read('python', '', () => 0);
    assert.equal(trees.of(python)?.root.type, 'module');
  });

  it('are kept for a few documents only, and parsed again for the others', async () => {
    const trees = new SyntaxTrees();
    const documents = Array.from({ length: 20 }, (_, i) => open(`f(${i});\n`, 'typescript', `file:///${i}`));
    for (const document of documents) await trees.prepare(document);
    for (const document of documents) assert.equal(trees.of(document)?.text, document.getText());
  });

  it('can be parsed for a text without a document, and cancelled', async () => {
    const trees = new SyntaxTrees();
    assert.equal(await trees.read('go', 'package a\n', ({ root }) => root.type), 'source_file');
    await assert.rejects(
      trees.read('go', 'package a\n', () => 1, AbortSignal.abort()),
      { name: 'AbortError' },
    );
  });

  it('are given up for a text that takes the parser too long, without a document too', async () => {
    const trees = new SyntaxTrees(new Grammars(), undefined, undefined, 0);
    const slow = `const s = "${'"'.repeat(20_000)}";\n`;
    for (let round = 0; round < 2; round++)
      assert.equal(await trees.read('typescript', slow, ({ root }) => root.type), undefined);
    assert.equal(await trees.read('typescript', 'f();\n', ({ root }) => root.type), 'program');
  });

  it('are parsed in the background when a text takes too long for one keystroke', async () => {
    const trees = new SyntaxTrees(new Grammars(), undefined, 0);
    await trees.read('typescript', '', () => 0);
    const document = open(LONG_TEXT);
    assert.equal(trees.of(document), undefined);
    await trees.prepare(document);
    assert.equal(trees.of(document)?.root.endIndex, LONG_TEXT.length);
  });

  it('are given up for a document that is always too slow, until it is closed', async () => {
    const trees = new SyntaxTrees(new Grammars(), undefined, 0);
    const document = open(LONG_TEXT);
    await trees.prepare(document);
    let made = 0;
    for (let round = 0; round < 10; round++) {
      TextDocument.update(document, [{ range: { start: at(0), end: at(0) }, text: 'f();\n' }], round + 2);
      assert.equal(trees.of(document), undefined);
      await trees.prepare(document);
      if (trees.of(document) !== undefined) made++;
    }
    assert.equal(made, 3);
    trees.forget(document.uri);
    await trees.prepare(document);
    assert.notEqual(trees.of(document), undefined);
  });
});

const patientTrees = (): SyntaxTrees => new SyntaxTrees(new Grammars(), undefined, Infinity);

const LONG_TEXT = 'class A { b(): void { if (a && b) { c(d, [1, 2], { e: 1 }); } } }\n'.repeat(1000);

const at = (line: number): { line: number; character: number } => ({ line, character: 0 });
