/** Test files in Python. */
import { posix } from 'node:path';
import { impossible } from '../editTask.js';
import { pascal, snake, type FramePlace, type TestFrame, type TestImport } from './testFrame.js';
import { importedName, subjectName } from './testSubject.js';

/** @throws EngineError `notReachable` when the file's name is none that Python can import */
export function pythonFrame(place: FramePlace): TestFrame {
  const { framework, subject } = place;
  const name = importedName(subject);
  const own: TestImport = { line: `from ${moduleOf(place)} import ${name}`, names: [name] };
  const title = snake(subjectName(subject));
  if (framework.id === 'pytest')
    return {
      head: [],
      imports: [{ line: 'import pytest', names: ['pytest'], isOptional: true }, own],
      open: [],
      close: [],
      start: `def test_${title}`,
      empty: [`def test_${title}():`, '    pass'],
      isMember: false,
      gap: 2,
      testName: /^def (test_\w+)/gm,
      assertion: /\bassert\b|pytest\.raises/,
      globals: '',
    };
  return {
    head: [],
    imports: [{ line: 'import unittest', names: ['unittest'] }, own],
    open: [`class Test${pascal(subjectName(subject))}(unittest.TestCase):`],
    close: [],
    start: '    def test_',
    empty: ['    def test_nothing(self):', '        pass'],
    isMember: false,
    gap: 1,
    testName: /^class (\w+)/gm,
    assertion: /self\.assert\w+|self\.fail/,
    globals: '',
  };
}

/** As `python -m pytest` in the project's root finds it; the folder `src` is on its path. */
function moduleOf({ sourcePath }: FramePlace): string {
  const path = sourcePath.replace(/^src\//, '').replace(/(?:\/__init__)?\.py$/, '');
  const parts = path.split(posix.sep);
  if (!parts.every((part) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(part))) throw impossible('notReachable');
  return parts.join('.');
}
