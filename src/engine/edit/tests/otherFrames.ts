/** Test files in Go, Rust, Java, C#, Ruby and PHP. */
import { posix } from 'node:path';
import { impossible } from '../editTask.js';
import { pascal, snake, type FramePlace, type TestFrame } from './testFrame.js';
import { importedName, subjectName } from './testSubject.js';

const NO_FRAME = { isMember: false, gap: 1, globals: '' } as const;
/** Packages of Go's library that tests use, beside `testing`. */
const GO_PACKAGES = ['bytes', 'errors', 'fmt', 'math', 'os', 'reflect', 'sort', 'strconv', 'strings', 'time'];

export function goFrame({ subject, source }: FramePlace): TestFrame {
  const [, name = 'main'] = /^package (\w+)/m.exec(source) ?? [];
  const [, receiver] =
    new RegExp(`^func \\(\\w*\\s*\\*?(\\w+)[^)]*\\)\\s*${subject.name}\\b`, 'm').exec(source) ?? [];
  const test = `Test${receiver === undefined ? '' : `${pascal(receiver)}_`}${pascal(subject.name)}`;
  return {
    ...NO_FRAME,
    head: [`package ${name}`],
    imports: ['testing', ...GO_PACKAGES].map((each) => ({
      line: `import "${each}"`,
      names: [each],
      isOptional: each !== 'testing',
    })),
    open: [],
    close: [],
    start: `func ${test}(t *testing.T) {`,
    empty: [`func ${test}(t *testing.T) {`, '}'],
    testName: /^func (Test\w+)/gm,
    assertion: /\bt\.(?:Error|Fatal|Fail)\w*\(/,
  };
}

/** In a module of the same file, which sees private functions too. */
export function rustFrame({ source }: FramePlace): TestFrame {
  const hasModule = /^mod tests \{/m.test(source);
  return {
    ...NO_FRAME,
    head: [],
    imports: [],
    open: ['#[cfg(test)]', 'mod tests {', '    use super::*;', ''],
    close: ['}'],
    start: '    #[test]\n    fn ',
    empty: ['    #[test]', '    fn nothing() {}'],
    isMember: hasModule,
    testName: /^ {4}fn (\w+)/gm,
    assertion: /\bassert(?:_eq|_ne)?!|should_panic|\bpanic!/,
  };
}

export function javaFrame({ framework, subject, source }: FramePlace): TestFrame {
  const [, name] = /^package ([\w.]+);/m.exec(source) ?? [];
  const isOld = framework.id === 'junit4';
  const [test, assertions] = isOld
    ? ['org.junit.Test', 'org.junit.Assert.*']
    : ['org.junit.jupiter.api.Test', 'org.junit.jupiter.api.Assertions.*'];
  const access = isOld ? 'public ' : '';
  return {
    ...NO_FRAME,
    head: name === undefined ? [] : [`package ${name};`],
    imports: [
      { line: `import static ${assertions};`, names: [assertions] },
      { line: `import ${test};`, names: [test] },
    ],
    open: [`${access}class ${importedName(subject)}Test {`],
    close: ['}'],
    start: `    @Test\n    ${access}void `,
    empty: ['    @Test', `    ${access}void nothing() {}`],
    isMember: true,
    testName: /^ {4}(?:public )?void (\w+)/gm,
    assertion: /\bassert\w*\(|\bfail\(/,
  };
}

export function csharpFrame({ framework, subject, source, sourcePath }: FramePlace): TestFrame {
  const [, name] = /^namespace ([\w.]+)/m.exec(source) ?? [];
  const using = framework.id === 'xunit' ? 'Xunit' : 'NUnit.Framework';
  const attribute = framework.id === 'xunit' ? 'Fact' : 'Test';
  const className = subject.className ?? (subject.isClass ? subject.name : undefined);
  // Nothing in C# can be called but through its class.
  if (className === undefined) throw impossible('notReachable');
  const [indent, inner] = ['    ', posix.basename(sourcePath, '.cs')];
  return {
    ...NO_FRAME,
    head: [],
    imports: [
      { line: `using ${using};`, names: [using] },
      ...(name === undefined ? [] : [{ line: `using ${name};`, names: [name] }]),
    ],
    open: [`public class ${pascal(inner)}Tests`, '{'],
    close: ['}'],
    start: `${indent}[${attribute}]\n${indent}public void `,
    empty: [`${indent}[${attribute}]`, `${indent}public void Nothing() {}`],
    isMember: true,
    testName: /^ {4}public void (\w+)/gm,
    assertion: /\bAssert\b/,
  };
}

export function rubyFrame(place: FramePlace): TestFrame {
  const { framework, subject, sourcePath, testPath, files } = place;
  const path = posix.relative(posix.dirname(testPath), sourcePath).replace(/\.rb$/, '');
  const load = [{ line: `require_relative '${path}'`, names: [posix.basename(path)] }];
  const helper = framework.id === 'rspec' ? 'spec/spec_helper.rb' : 'test/test_helper.rb';
  const helperName = posix.basename(helper, '.rb');
  const usual = framework.id === 'rspec' ? [] : ['minitest/autorun'];
  const first = (files.includes(helper) ? [helperName] : usual).map((name) => ({
    line: `require '${name}'`,
    names: [name],
  }));
  const name = subjectName(subject);
  if (framework.id === 'rspec')
    return {
      ...NO_FRAME,
      head: [],
      imports: [...first, ...load],
      open: [subject.isClass ? `RSpec.describe ${name} do` : `RSpec.describe '${name}' do`],
      close: ['end'],
      start: "  it '",
      empty: ["  it 'nothing' do", '  end'],
      assertion: /\bexpect\b/,
    };
  return {
    ...NO_FRAME,
    head: [],
    imports: [...first, ...load],
    open: [`class ${pascal(snake(name))}Test < Minitest::Test`],
    close: ['end'],
    start: '  def test_',
    empty: ['  def test_nothing', '  end'],
    testName: /^class (\w+)/gm,
    assertion: /\b(?:assert|refute)\w*/,
  };
}

export function phpFrame({ subject, source }: FramePlace): TestFrame {
  const [, space] = /^namespace ([\w\\]+);/m.exec(source) ?? [];
  const name = importedName(subject);
  const isFunction = subject.className === undefined && !subject.isClass;
  const used = `${space}\\${name}`;
  return {
    ...NO_FRAME,
    head: ['<?php'],
    imports: [
      { line: 'use PHPUnit\\Framework\\TestCase;', names: ['TestCase'] },
      ...(space === undefined
        ? []
        : [{ line: `use ${isFunction ? 'function ' : ''}${used};`, names: [used] }]),
    ],
    open: [`final class ${pascal(name)}Test extends TestCase`, '{'],
    close: ['}'],
    start: '    public function test',
    empty: ['    public function testNothing(): void', '    {', '    }'],
    isMember: true,
    testName: /^ {4}public function (test\w+)/gm,
    assertion: /\bassert\w*\(|expectException/,
  };
}
