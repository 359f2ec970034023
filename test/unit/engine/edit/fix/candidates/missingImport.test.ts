import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { missingImportCandidates } from '../../../../../../src/engine/edit/fix/candidates/missingImport.js';
import { SyntaxTrees } from '../../../../../../src/engine/syntax/syntaxTrees.js';
import { ScriptedEdit } from '../../support/scriptedEdit.js';

interface MissingImport {
  readonly languageId: string;
  readonly broken: string;
  readonly fixed: string;
  readonly message: string;
}

const CASES: readonly MissingImport[] = [
  {
    languageId: 'python',
    broken: '"""Words."""\n\nimport sys\n\nprint(os.sep, sys.path)\n',
    fixed: '"""Words."""\n\nimport os\nimport sys\n\nprint(os.sep, sys.path)\n',
    message: "name 'os' is not defined",
  },
  {
    languageId: 'python',
    broken: '#!/usr/bin/env python3\n"""Words.\n\nMore.\n"""\ncounts = defaultdict(int)\n',
    fixed:
      '#!/usr/bin/env python3\n"""Words.\n\nMore.\n"""\n\nfrom collections import defaultdict\n\ncounts = defaultdict(int)\n',
    message: "name 'defaultdict' is not defined",
  },
  {
    languageId: 'python',
    broken: 'from typing import (\n    Any,\n)\n\na: Optional[Any] = None\n',
    fixed: 'from typing import (\n    Any,\n)\nfrom typing import Optional\n\na: Optional[Any] = None\n',
    message: '"Optional" is not defined',
  },
  {
    languageId: 'go',
    broken:
      'package a\n\nimport (\n\t"bytes"\n\t"strings"\n\n\t"example.com/b"\n)\n\nvar s = fmt.Sprint(1)\n',
    fixed:
      'package a\n\nimport (\n\t"bytes"\n\t"fmt"\n\t"strings"\n\n\t"example.com/b"\n)\n\nvar s = fmt.Sprint(1)\n',
    message: 'undefined: fmt',
  },
  {
    languageId: 'go',
    broken: '// Package a does it.\npackage a\n\nvar s = filepath.Join("b")\n',
    fixed: '// Package a does it.\npackage a\n\nimport "path/filepath"\n\nvar s = filepath.Join("b")\n',
    message: 'undefined: filepath',
  },
  {
    languageId: 'java',
    broken: 'package a;\n\nimport java.util.Map;\n\nclass B {\n    List<Map> c;\n}\n',
    fixed: 'package a;\n\nimport java.util.List;\nimport java.util.Map;\n\nclass B {\n    List<Map> c;\n}\n',
    message: "cannot find symbol; symbol: class 'List'; location: class 'B'",
  },
  {
    languageId: 'rust',
    broken: 'use std::fmt;\n\nfn f() -> HashMap<u8, u8> { HashMap::new() }\n',
    fixed: 'use std::collections::HashMap;\nuse std::fmt;\n\nfn f() -> HashMap<u8, u8> { HashMap::new() }\n',
    message: 'cannot find type `HashMap` in this scope',
  },
  {
    languageId: 'c',
    broken: '#ifndef A_H\n#define A_H\n\nuint8_t a;\n\n#endif\n',
    fixed: '#ifndef A_H\n#define A_H\n\n#include <stdint.h>\n\nuint8_t a;\n\n#endif\n',
    message: 'unknown type name ‘uint8_t’',
  },
  {
    languageId: 'cpp',
    broken: '#include <string>\n\nstd::vector<std::string> a;\n',
    fixed: '#include <string>\n#include <vector>\n\nstd::vector<std::string> a;\n',
    message: "'vector' in namespace 'std' does not name a template type",
  },
  {
    languageId: 'javascript',
    broken: "'use strict';\n\nconst fs = require('fs');\n\nfs.stat(path.sep);\n",
    fixed:
      "'use strict';\n\nconst fs = require('fs');\nconst path = require('path');\n\nfs.stat(path.sep);\n",
    message: "Cannot find name 'path'.",
  },
  {
    languageId: 'typescript',
    broken: 'import * as fs from "node:fs"\n\nfs.rm(join("a", "b"))\n',
    fixed: 'import * as fs from "node:fs"\nimport { join } from "node:path"\n\nfs.rm(join("a", "b"))\n',
    message: "Cannot find name 'join'.",
  },
];

async function textsFor(
  { languageId, broken, message }: Omit<MissingImport, 'fixed'>,
  isCorrect: (text: string) => boolean = () => true,
): Promise<readonly string[]> {
  const lines = broken.split('\n');
  const [, name = ''] = /['"`‘]([\w$]+)|undefined: (?<plain>\w+)/.exec(message) ?? [];
  const word = name === '' ? (/undefined: (\w+)/.exec(message)?.[1] ?? '') : name;
  const at = lines.findLastIndex((line) => new RegExp(`\\b${word}\\b`).test(line));
  const place = {
    ...{ languageId, text: broken, lines, messages: [message] },
    target: { start: at, end: at + 1 },
  };
  const found: string[] = [];
  for await (const { document } of missingImportCandidates(
    place,
    [],
    () => Promise.resolve([]),
    (each) => Promise.resolve(isCorrect(each.document)),
  ))
    found.push(document);
  return found;
}

describe('a missing import', () => {
  for (const each of CASES)
    it(`is put where the others are: ${each.languageId}, ${each.message}`, async () => {
      assert.deepEqual(await textsFor(each), [each.fixed]);
    });

  it('keeps the line ends', async () => {
    const broken = 'import sys\r\nprint(os.sep)\r\n';
    const message = "name 'os' is not defined";
    assert.deepEqual(await textsFor({ languageId: 'python', broken, message }), [
      'import os\r\nimport sys\r\nprint(os.sep)\r\n',
    ]);
  });

  it('isn’t guessed where several packages have the name, and the compiler accepts each', async () => {
    const broken = 'package a\n\nvar t = template.New("b")\n';
    const message = 'undefined: template';
    assert.deepEqual(await textsFor({ languageId: 'go', broken, message }), []);
    const [only, ...others] = await textsFor({ languageId: 'go', broken, message }, (text) =>
      text.includes('html/template'),
    );
    assert.match(only ?? '', /import "html\/template"/);
    assert.deepEqual(others, []);
  });

  it('isn’t looked for where the name is a value’s member, or no module is used as one', async () => {
    const message = "name 'time' is not defined";
    assert.deepEqual(await textsFor({ languageId: 'python', broken: 'print(time)\n', message }), []);
    const member = { languageId: 'python', broken: 'print(a.deque)\n', message: "'deque' is not defined" };
    assert.deepEqual(await textsFor(member), []);
  });

  it('isn’t looked for where the message is about something else', async () => {
    const message = "'os' is imported but unused";
    assert.deepEqual(await textsFor({ languageId: 'python', broken: 'print(os.sep)\n', message }), []);
  });

  it('is added without the model, though another name is one slip away', async () => {
    const broken = 'so = 1\nprint(os.sep, so)\n';
    const document = TextDocument.create('file:///x', 'python', 1, broken);
    const edit = new ScriptedEdit(() => broken, undefined, new SyntaxTrees());
    const range = { start: { line: 1, character: 6 }, end: { line: 1, character: 8 } };
    const { newText, origin, verdict } = await edit.run(document, {
      range,
      diagnostics: [{ range, message: "name 'os' is not defined", severity: 1 }],
    });
    assert.deepEqual(
      [newText.split('\n')[0], origin, verdict.kind, edit.prompts.length],
      ['import os', 'import', 'verified', 0],
    );
  });
});
