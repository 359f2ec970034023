import { csharpFrame, goFrame, javaFrame, phpFrame, rubyFrame, rustFrame } from './otherFrames.js';
import { pythonFrame } from './pythonFrame.js';
import { scriptFrame } from './scriptFrame.js';
import type { FramePlace, TestFrame } from './testFrame.js';

/** @throws EngineError `notReachable` when a test file can't get at what is to be tested */
export function frameFor(place: FramePlace): TestFrame {
  switch (place.framework.id) {
    case 'vitest':
    case 'jest':
    case 'mocha':
    case 'ava':
    case 'node:test':
      return scriptFrame(place);
    case 'pytest':
    case 'unittest':
      return pythonFrame(place);
    case 'go':
      return goFrame(place);
    case 'rust':
      return rustFrame(place);
    case 'junit4':
    case 'junit5':
      return javaFrame(place);
    case 'rspec':
    case 'minitest':
      return rubyFrame(place);
    case 'phpunit':
      return phpFrame(place);
    case 'xunit':
    case 'nunit':
      return csharpFrame(place);
  }
}
