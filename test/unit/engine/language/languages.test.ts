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
      for (const name of names(files)) assert.match(name, /^(?:\*(?:\.[a-z0-9+-]+){1,2}|[^*\s]+)$/, name);
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

/** What begins a comment, by the languages' own descriptions; several ids, as editors name them. */
const COMMENTS: readonly (readonly [mark: string, ids: string])[] = [
  [
    '#',
    'shellscript sh bash zsh ksh fish csh tcsh nushell elvish python cython starlark bazel snakemake mojo vyper gdscript nim ruby crystal perl perl6 raku r julia elixir coffeescript livescript awk sed tcl jq yaml yaml.docker-compose ansible helm dockercompose dockerfile toml cmake meson ninja makefile make just powershell ps1 terraform hcl nix graphql puppet rego gn nginx apacheconf systemd properties dotenv ignore git-commit git-rebase git-config robotframework gherkin cucumber sparql turtle pip-requirements tmux ssh_config crontab kconfig bitbake gnuplot po smali caddyfile capnp textproto zeek org asm',
  ],
  [
    '//',
    'c cpp cuda-cpp objective-c csharp cs c-sharp java javascript typescript typescript.tsx javascriptreact go rust swift kotlin scala groovy dart php less scss sass stylus jsonc proto3 zig fsharp hlsl glsl wgsl metal shaderlab d vala haxe solidity move cairo sway ballerina bicep odin v verilog systemverilog thrift prisma cue jsonnet kdl qml openscad pascal reason rescript gleam stan typst typespec smithy wit go.mod al apex chapel dts yang yara dot supercollider cypher slint templ',
  ],
  [
    '--',
    'lua teal sql haskell purescript elm idris agda lean ada vhdl applescript moonscript dhall cabal eiffel',
  ],
  ['%', 'latex tex bibtex matlab octave erlang prolog postscript lilypond mercury'],
  [
    ';',
    'clojure lisp common-lisp emacs-lisp elisp scheme racket hy fennel dune smt2 ini nasm autohotkey autoit nsis llvm ledger',
  ],
  [';;', 'wat clarity'],
  ['!', 'fortran FortranFreeForm fortran_fixed-form factor'],
  ['"', 'vim viml abap'],
  ["'", 'vb vbscript vba plantuml'],
  ['REM', 'bat dosbatch'],
  ['dnl', 'm4'],
  ['*>', 'cobol'],
  ['\\', 'forth'],
  ['%%', 'mermaid'],
  ['//-', 'pug jade'],
  ['-#', 'haml'],
  ['(*', 'ocaml coq sml isabelle wolfram mathematica'],
  ['/*', 'css sas'],
  ['<!--', 'html xml xsl svg markdown razor astro'],
  ['{{!--', 'handlebars'],
  ['{{!', 'mustache'],
  ['{#', 'jinja jinja-html django-html twig nunjucks'],
  ['<%#', 'erb ejs'],
  ['<%!--', 'heex eelixir'],
  ['{{--', 'blade'],
  ['{% comment %}', 'liquid'],
  ['(:', 'xquery'],
  ['', 'json csv diff log plaintext some-language'],
];

describe('a comment', () => {
  for (const [mark, ids] of COMMENTS)
    it(`begins with ${mark === '' ? 'nothing known' : mark} in its languages, by each of their ids`, () => {
      for (const id of ids.split(' ')) {
        const { lineComment, blockComment } = languageOf(id);
        assert.equal(lineComment === '' ? (blockComment?.[0] ?? '') : lineComment, mark, id);
      }
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
    ['/a/run', 'shellscript', '\uFEFF#!/bin/zsh\r\nls'],
    ['/a/run', 'python', '#!/usr/bin/env -S FOO=1 python3\n'],
    ['/a/run', 'ruby', '#!/usr/bin/env ruby2.7\n'],
    ['/a/run', 'fish', '#!/usr/bin/fish\n'],
    ['/a/run', 'tcl', '#!/usr/bin/tclsh8.6\n'],
    ['/a/run', 'typescript', '#!/usr/bin/env -S deno run --allow-net\n'],
    ['/a/run', 'shellscript', '#!/usr/bin/env -S busybox sh\n'],
    ['/a/run', 'shellscript', '#!/usr/bin/env -u HOME -C /tmp bash -eu\n'],
    ['/a/run', 'shellscript', '#!/usr/local/bin/bash-5.1\n'],
    ['/a/run', 'javascript', '#!/usr/bin/env --split-string=node --no-warnings\n'],
    ['/a/run', 'javascript', '#!/usr/bin/env -Snode\n'],
    ['/a/run', 'typescript', '#!/usr/bin/env -S npx tsx\n'],
    ['/a/run', 'python', '#!/usr/bin/sudo /opt/python3.12/bin/python3.12-intel64 -u\n'],
    ['/a/run', 'python', '#!/usr/bin/env nix-shell\n#!nix-shell -i python3 -p python3\n'],
    ['/a/run', 'python', '#!C:\\Python\\python.exe\r\n'],
    ['/a/run', 'python', '# -*- mode: python; coding: utf-8 -*-\n'],
    ['/a/run', 'plaintext', '# -*- coding: utf-8 -*-\n'],
    ['/a/run', 'plaintext', '\n#!/bin/sh\n'],
    ['/a/run.cgi', 'perl', '#!/usr/bin/perl -w\n'],
    ['/a/page', 'php', '<?php\necho 1;\n'],
    ['/a/app.manifest', 'xml', '<?xml version="1.0"?>\n'],
    ['/a/_youtu', 'shellscript', '#compdef youtu\n'],
    ['/a/BUILD', 'starlark'],
    ['/a/build', 'shellscript', '#!/bin/sh\n'],
    ['/a/build.log', 'log'],
    ['/a/Web.config', 'xml'],
    ['/a/config.toml.example', 'toml'],
    ['/a/run.sh.in', 'shellscript'],
    ['/a/card.blade.php', 'blade'],
    ['/a/Pipfile.lock', 'json'],
    ['/a/.env.local', 'dotenv'],
    ['/a/.env.example', 'dotenv'],
    ['/a/b.cts', 'typescript'],
    ['/a/b.pyw', 'python'],
    ['/a/b.cxx', 'cpp'],
    ['/a/b.hh', 'cpp'],
    ['/a/b.bash', 'shellscript'],
    ['/a/b.zsh', 'shellscript'],
    ['/a/b.ps1', 'powershell'],
    ['/a/.bashrc', 'shellscript'],
    ['/a/.vimrc', 'vim'],
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
    ['python-ts', 'file:///a/b', 'python'],
    ['c++-ts-mode', 'file:///a/b', 'cpp'],
    ['emacs-lisp-mode', 'file:///a/b', 'emacs-lisp'],
    ['bash-ts', 'file:///a/b', 'shellscript'],
    ['yaml.some-tool', 'file:///a/b', 'yaml'],
    ['c.doxygen', 'file:///a/b', 'c'],
    ['html.twig', 'file:///a/b', 'twig'],
    ['go.mod', 'file:///a/go.mod', 'go.mod'],
    ['some-language', 'file:///a/b.py', 'python'],
    ['some-language', 'untitled:Untitled-1', 'some-language'],
    ['some-language', 'file:///a/b.unheard', 'some-language'],
  ];
  for (const [id, path, standard] of cases)
    it(`${id} of ${path} is ${standard}`, () => assert.equal(standardLanguageId(id, path, ''), standard));
});
