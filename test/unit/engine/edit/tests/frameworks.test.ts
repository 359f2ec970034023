import assert from 'node:assert/strict';
import { TestProject } from '../support/testProject.js';

interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly at: string;
  readonly answer: string;
  readonly path: string;
  readonly framework: string;
  readonly command: string;
  readonly text: string;
}

const ADD_TS = 'export function add(a: number, b: number): number {\n  return a + b;\n}\n';
const npm = (content: unknown): string => JSON.stringify(content);

const CASES: readonly Case[] = [
  {
    title: 'Vitest, beside the source',
    files: { 'package.json': npm({ devDependencies: { vitest: '4' } }), 'src/add.ts': ADD_TS },
    at: 'src/add.ts:2',
    answer: "adds', () => {\n    expect(add(1, 2)).toBe(3);\n  });\n});\n```",
    path: 'src/add.test.ts',
    framework: 'Vitest',
    command: 'npx --no-install vitest run src/add.test.ts',
    text: "import { describe, expect, it } from 'vitest';\nimport { add } from './add';\n\ndescribe('add', () => {\n  it('adds', () => {\n    expect(add(1, 2)).toBe(3);\n  });\n});\n",
  },
  {
    title: 'Jest with require, in __tests__',
    files: {
      'package.json': npm({ scripts: { test: 'jest' } }),
      'yarn.lock': '',
      'lib/add.js': 'function add(a, b) {\n  return a + b;\n}\nmodule.exports = { add };\n',
      'lib/sub.js': '',
      'lib/__tests__/sub.test.js': "const { sub } = require('../sub');\n",
    },
    at: 'lib/add.js:1',
    answer: "adds', () => {\n    expect(add(1, 2)).toBe(3);\n  });\n});\n```",
    path: 'lib/__tests__/add.test.js',
    framework: 'Jest',
    command: 'yarn run jest lib/__tests__/add.test.js',
    text: "const { add } = require('../add');\n\ndescribe('add', () => {\n  it('adds', () => {\n    expect(add(1, 2)).toBe(3);\n  });\n});\n",
  },
  {
    title: 'Mocha with Chai, in a folder of its own that mirrors the source',
    files: {
      'package.json': npm({ type: 'module', devDependencies: { mocha: '1', chai: '1' } }),
      'src/math/add.js': 'export default function add(a, b) {\n  return a + b;\n}\n',
      'src/text/trim.js': '',
      'test/text/trim.spec.js': "import trim from '../../src/text/trim.js';\n",
    },
    at: 'src/math/add.js:2',
    answer: "adds', () => {\n    expect(add(1, 2)).to.equal(3);\n  });\n});\n```",
    path: 'test/math/add.spec.js',
    framework: 'Mocha',
    command: 'npx --no-install mocha test/math/add.spec.js',
    text: "import { expect } from 'chai';\nimport add from '../../src/math/add.js';\n\ndescribe('add', () => {\n  it('adds', () => {\n    expect(add(1, 2)).to.equal(3);\n  });\n});\n",
  },
  {
    title: 'node:test, where package.json names none',
    files: { 'package.json': '{"scripts":', 'add.mjs': 'export const add = (a, b) => a + b;\n' },
    at: 'add.mjs:1',
    answer: "adds', () => {\n    assert.equal(add(1, 2), 3);\n  });\n});\n```",
    path: 'add.test.mjs',
    framework: 'node:test',
    command: 'node --test add.test.mjs',
    text: "import { describe, it } from 'node:test';\nimport assert from 'node:assert/strict';\nimport { add } from './add.mjs';\n\ndescribe('add', () => {\n  it('adds', () => {\n    assert.equal(add(1, 2), 3);\n  });\n});\n",
  },
  {
    title: 'node:test, for a method',
    files: {
      'package.json': npm({ type: 'module', scripts: { test: 'node --test' } }),
      'stack.js': 'export class Stack {\n  size() {\n    return 0;\n  }\n}\n',
    },
    at: 'stack.js:3',
    answer: "is empty', () => {\n    assert.equal(new Stack().size(), 0);\n  });\n});\n```",
    path: 'stack.test.js',
    framework: 'node:test',
    command: 'node --test stack.test.js',
    text: "import { describe, it } from 'node:test';\nimport assert from 'node:assert/strict';\nimport { Stack } from './stack.js';\n\ndescribe('Stack.size', () => {\n  it('is empty', () => {\n    assert.equal(new Stack().size(), 0);\n  });\n});\n",
  },
  {
    title: 'AVA',
    files: {
      'package.json': npm({ type: 'module', devDependencies: { ava: '6' } }),
      'add.js': 'export const add = (a, b) => a + b;\n',
    },
    at: 'add.js:1',
    answer: " adds', (t) => {\n  t.is(add(1, 2), 3);\n});\n```",
    path: 'test/add.test.js',
    framework: 'AVA',
    command: 'npx --no-install ava test/add.test.js',
    text: "import test from 'ava';\nimport { add } from '../add.js';\n\ntest('add: adds', (t) => {\n  t.is(add(1, 2), 3);\n});\n",
  },
  {
    title: 'pytest, with its import only where it is used',
    files: {
      'pyproject.toml': '[tool.pytest.ini_options]\n',
      'src/app/calc.py': 'def mean(values):\n    return sum(values) / len(values)\n',
    },
    at: 'src/app/calc.py:1',
    answer:
      '():\n    assert mean([1, 3]) == 2\n\n\ndef test_mean_of_nothing():\n    with pytest.raises(ZeroDivisionError):\n        mean([])\n```',
    path: 'tests/app/test_calc.py',
    framework: 'pytest',
    command: 'python3 -m pytest -o pythonpath=src tests/app/test_calc.py',
    text: 'import pytest\nfrom app.calc import mean\n\n\ndef test_mean():\n    assert mean([1, 3]) == 2\n\n\ndef test_mean_of_nothing():\n    with pytest.raises(ZeroDivisionError):\n        mean([])\n',
  },
  {
    title: 'unittest, where the manifest names no other',
    files: { 'setup.py': 'setup()', 'calc.py': 'def one():\n    return 1\n' },
    at: 'calc.py:2',
    answer: 'one(self):\n        self.assertEqual(one(), 1)\n```',
    path: 'tests/test_calc.py',
    framework: 'unittest',
    command: 'python3 -m unittest tests/test_calc.py',
    text: 'import unittest\nfrom calc import one\n\nclass TestOne(unittest.TestCase):\n    def test_one(self):\n        self.assertEqual(one(), 1)\n',
  },
  {
    title: 'Go, for a method, in its package',
    files: {
      'go.mod': 'module m',
      'stack/stack.go':
        'package stack\n\ntype Stack struct{ n []int }\n\nfunc (s *Stack) Size() int {\n\treturn len(s.n)\n}\n',
    },
    at: 'stack/stack.go:6',
    answer:
      '\n\ts := &Stack{}\n\tif got := s.Size(); !reflect.DeepEqual(got, 0) {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n```',
    path: 'stack/stack_test.go',
    framework: 'go test',
    command: 'go test -v ./stack',
    text: 'package stack\n\nimport (\n\t"reflect"\n\t"testing"\n)\n\nfunc TestStack_Size(t *testing.T) {\n\ts := &Stack{}\n\tif got := s.Size(); !reflect.DeepEqual(got, 0) {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n',
  },
  {
    title: 'Rust, in the same file',
    files: { 'Cargo.toml': '[package]', 'src/lib.rs': 'fn one() -> i32 {\n    1\n}\n' },
    at: 'src/lib.rs:1',
    answer: ' is_one() {\n        assert_eq!(one(), 1);\n    }\n}\n```',
    path: 'src/lib.rs',
    framework: 'cargo test',
    command: 'cargo test tests::',
    text: 'fn one() -> i32 {\n    1\n}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn is_one() {\n        assert_eq!(one(), 1);\n    }\n}\n',
  },
  {
    title: 'JUnit 5 with Maven',
    files: {
      'pom.xml': '<artifactId>junit-jupiter</artifactId>',
      'src/main/java/app/Calc.java':
        'package app;\n\nclass Calc {\n    static int one() {\n        return 1;\n    }\n}\n',
    },
    at: 'src/main/java/app/Calc.java:5',
    answer: ' isOne() {\n        assertEquals(1, Calc.one());\n    }\n}\n```',
    path: 'src/test/java/app/CalcTest.java',
    framework: 'JUnit 5',
    command: 'mvn test -Dtest=CalcTest',
    text: 'package app;\n\nimport static org.junit.jupiter.api.Assertions.*;\nimport org.junit.jupiter.api.Test;\n\nclass CalcTest {\n    @Test\n    void isOne() {\n        assertEquals(1, Calc.one());\n    }\n}\n',
  },
  {
    title: 'JUnit 4 with Gradle',
    files: {
      'build.gradle': "testImplementation 'junit:junit:4.13'",
      'src/main/java/Calc.java': 'public class Calc {\n    int one() {\n        return 1;\n    }\n}\n',
      gradlew: '',
    },
    at: 'src/main/java/Calc.java:2',
    answer: ' isOne() {\n        assertEquals(1, new Calc().one());\n    }\n}\n```',
    path: 'src/test/java/CalcTest.java',
    framework: 'JUnit 4',
    command: './gradlew test --tests *CalcTest',
    text: 'import static org.junit.Assert.*;\nimport org.junit.Test;\n\npublic class CalcTest {\n    @Test\n    public void isOne() {\n        assertEquals(1, new Calc().one());\n    }\n}\n',
  },
  {
    title: 'RSpec',
    files: {
      Gemfile: "gem 'rspec'",
      'lib/stack.rb': 'class Stack\n  def size\n    0\n  end\nend\n',
      'spec/spec_helper.rb': '',
    },
    at: 'lib/stack.rb:1',
    answer: "is empty' do\n    expect(Stack.new.size).to eq(0)\n  end\nend\n```",
    path: 'spec/stack_spec.rb',
    framework: 'RSpec',
    command: 'bundle exec rspec spec/stack_spec.rb',
    text: "require 'spec_helper'\nrequire_relative '../lib/stack'\n\nRSpec.describe Stack do\n  it 'is empty' do\n    expect(Stack.new.size).to eq(0)\n  end\nend\n",
  },
  {
    title: 'minitest',
    files: { Gemfile: "gem 'minitest'", 'lib/one.rb': 'def one\n  1\nend\n' },
    at: 'lib/one.rb:2',
    answer: 'is_one\n    assert_equal 1, one\n  end\nend\n```',
    path: 'test/one_test.rb',
    framework: 'minitest',
    command: 'bundle exec ruby -Ilib -Itest test/one_test.rb',
    text: "require 'minitest/autorun'\nrequire_relative '../lib/one'\n\nclass OneTest < Minitest::Test\n  def test_is_one\n    assert_equal 1, one\n  end\nend\n",
  },
  {
    title: 'PHPUnit',
    files: {
      'composer.json': '{"require-dev":{"phpunit/phpunit":"11"}}',
      'src/Calc.php':
        '<?php\nnamespace App;\n\nclass Calc\n{\n    public function one(): int\n    {\n        return 1;\n    }\n}\n',
    },
    at: 'src/Calc.php:8',
    answer: 'IsOne(): void\n    {\n        $this->assertSame(1, (new Calc())->one());\n    }\n}\n```',
    path: 'tests/CalcTest.php',
    framework: 'PHPUnit',
    command: 'vendor/bin/phpunit tests/CalcTest.php',
    text: '<?php\n\nuse PHPUnit\\Framework\\TestCase;\nuse App\\Calc;\n\nfinal class CalcTest extends TestCase\n{\n    public function testIsOne(): void\n    {\n        $this->assertSame(1, (new Calc())->one());\n    }\n}\n',
  },
  {
    title: 'xUnit, in the project of the tests',
    files: {
      'App/App.csproj': '<Project/>',
      'App/Calc.cs':
        'namespace App;\n\npublic class Calc\n{\n    public static int One()\n    {\n        return 1;\n    }\n}\n',
      'App.Tests/App.Tests.csproj':
        '<PackageReference Include="xunit" /> <ProjectReference Include="../App/App.csproj" />',
    },
    at: 'App/Calc.cs:7',
    answer: ' IsOne()\n    {\n        Assert.Equal(1, Calc.One());\n    }\n}\n```',
    path: 'App.Tests/CalcTests.cs',
    framework: 'xUnit',
    command: 'dotnet test --filter FullyQualifiedName~CalcTests',
    text: 'using Xunit;\nusing App;\n\npublic class CalcTests\n{\n    [Fact]\n    public void IsOne()\n    {\n        Assert.Equal(1, Calc.One());\n    }\n}\n',
  },
];

describe('tests that are written', () => {
  for (const { title, files, at, answer, path, framework, command, text } of CASES)
    it(`are in ${title}`, async () => {
      const project = new TestProject(files, [answer]);
      const plan = await project.plan(at);
      assert.equal(plan.path, path);
      assert.equal(plan.framework, framework);
      assert.equal(plan.command.words.join(' '), command);
      assert.equal(plan.exists, path in files);
      const written = await project.write(at);
      assert.equal(written.text, text);
      assert.equal(written.verdict.kind, 'unverified');
    });
});
