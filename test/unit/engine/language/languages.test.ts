import assert from 'node:assert/strict';
import grammars from '../../../../src/engine/syntax/grammars.json' with { type: 'json' };
import { LANGUAGES } from '../../../../src/engine/language/languages.js';
import {
  languageOf,
  languageOfFile,
  standardLanguageId,
} from '../../../../src/engine/language/languageOf.js';

const rows = Object.entries(LANGUAGES);
const names = (text = ''): string[] => (text === '' ? [] : text.split(' '));

function assertUnique(all: readonly string[]): void {
  const twice = all.filter((name, i) => all.indexOf(name) !== i);
  assert.deepEqual(twice, []);
}

describe('the table of languages', () => {
  it('has each id and alias once, in lower case', () => {
    const ids = rows.flatMap(([id, { aliases }]) => [id, ...names(aliases)]);
    assertUnique(ids);
    for (const id of ids) assert.match(id, /^[a-z][a-z0-9.+#_-]*$/);
  });

  it('has each file name, extension and interpreter once', () => {
    assertUnique(rows.flatMap(([, { files }]) => names(files).map((name) => name.toLowerCase())));
    assertUnique(rows.flatMap(([, { interpreters }]) => names(interpreters)));
    for (const [, { files }] of rows)
      for (const name of names(files)) assert.match(name, /^(?:\*\.[a-z0-9+-]+|[^*\s]+)$/, name);
  });

  for (const [id, { aliases, files, interpreters }] of rows)
    it(`finds ${id} by its aliases, files and interpreters, with matching comment markers`, () => {
      const language = languageOf(id);
      assert.equal(language.id, id);
      for (const alias of names(aliases)) assert.equal(languageOf(alias), language, alias);
      for (const name of names(files)) {
        assert.equal(languageOfFile(`/a/${name.replace('*', 'b')}`), id, name);
        assert.equal(languageOfFile(`/a/${name.replace('*', 'b').toUpperCase()}`), id, name);
      }
      for (const name of names(interpreters))
        assert.equal(languageOfFile('/a', `#!/bin/${name}\n`), id, name);
      const { lineComment, blockComment, isProse, hasBraces, indentation } = language;
      for (const mark of [lineComment, ...(blockComment ?? [])]) assert.equal(mark.trim(), mark);
      if (blockComment !== undefined && id !== 'smalltalk') assert.notEqual(blockComment[0], blockComment[1]);
      assert.ok(!(isProse && hasBraces), 'prose has no braces');
      assert.ok(!(hasBraces && indentation !== 'free'), 'indentation is free in languages with braces');
    });

  it('has the ids of all grammars', () => {
    for (const id of Object.keys(grammars)) assert.ok(Object.hasOwn(LANGUAGES, id), id);
  });

  it('assumes nothing of an unknown language’s comments and indentation', () => {
    const { id, name, fence, lineComment, blockComment, isProse, hasBraces, indentation } =
      languageOf('some-language');
    assert.deepEqual(
      [id, name, fence, lineComment, blockComment, isProse, hasBraces, indentation],
      ['some-language', 'Some-language', 'some-language', '', undefined, false, false, 'exact'],
    );
    assert.equal(languageOf('constructor').id, 'constructor');
  });
});

describe('the language of a file', () => {
  const cases: readonly (readonly [path: string, id: string, text?: string])[] = [
    ['/a/b.mts', 'typescript'],
    ['/a/b.d.ts', 'typescript'],
    ['/a/b.pyi', 'python'],
    ['/a/Makefile', 'makefile'],
    ['/a/Makefile.am', 'makefile'],
    ['/a/Dockerfile.dev', 'dockerfile'],
    ['/a/docker-compose.yml', 'dockercompose'],
    ['/a/b.yml', 'yaml'],
    ['/a/run', 'shellscript', '#!/usr/bin/env bash\nls'],
    ['/a/run', 'python', '#!/usr/bin/env -S python3.11 -u\n'],
    ['/a/run', 'javascript', '#! /usr/local/bin/node\n'],
    ['/a/run', 'plaintext', 'ls'],
    ['/a/b.unheard', 'unheard'],
    ['file:///a/b%20c.rs', 'rust'],
  ];
  for (const [path, id, text] of cases)
    it(`${path}${text === undefined ? '' : ` with ${JSON.stringify(text)}`} is ${id}`, () =>
      assert.equal(languageOfFile(path, text), id));

  it('is C++ for a header, unless its text has no C++', () => {
    assert.equal(languageOfFile('/a/b.h'), 'cpp');
    assert.equal(languageOfFile('/a/b.h', '#pragma once\nclass A {\npublic:\n};\n'), 'cpp');
    assert.equal(languageOfFile('/a/b.h', 'namespace a {\nint f();\n}\n'), 'cpp');
    assert.equal(languageOfFile('/a/b.h', 'template <typename T>\nT f(T a);\n'), 'cpp');
    assert.equal(languageOfFile('/a/b.h', 'void f(const std::string& a);\n'), 'cpp');
    assert.equal(languageOfFile('/a/b.h', '#include <stdio.h>\nint f(char *class);\n'), 'c');
    assert.equal(languageOfFile('/a/b.h', '/* using the class\n   of a thing */\nint f(void);\n'), 'c');
  });
});

describe('an editor’s language id', () => {
  const cases: readonly (readonly [id: string, path: string, standard: string])[] = [
    ['python', 'file:///a/b.txt', 'python'],
    ['sh', 'file:///a/b', 'shellscript'],
    ['make', 'file:///a/Makefile', 'makefile'],
    ['cs', 'file:///a/b.cs', 'csharp'],
    ['objc', 'file:///a/b.m', 'objective-c'],
    ['typescript.tsx', 'file:///a/b.tsx', 'typescriptreact'],
    ['yaml.docker-compose', 'file:///a/compose.yaml', 'dockercompose'],
    ['C++', 'file:///a/b.h', 'cpp'],
    ['some-language', 'file:///a/b.py', 'python'],
    ['some-language', 'untitled:Untitled-1', 'some-language'],
    ['some-language', 'file:///a/b.unheard', 'some-language'],
  ];
  for (const [id, path, standard] of cases)
    it(`${id} of ${path} is ${standard}`, () => assert.equal(standardLanguageId(id, path, ''), standard));
});
