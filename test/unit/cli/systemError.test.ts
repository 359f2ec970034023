import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { errorText } from '../../../src/cli/errors.js';
import { EngineError, EngineErrorCode } from '../../../src/protocol/errors.js';

const failed = (code: string, path?: string): string =>
  errorText(Object.assign(new Error(`${code}: in Node's words`), { code, path }));

describe('an error of the operating system', () => {
  it('names the file and what to do', () => {
    for (const code of ['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EISDIR', 'EIO']) {
      assert.ok(code in constants.errno, code);
      const sentence = failed(code, '/a/b.py');
      assert.ok(sentence.includes('/a/b.py') && !sentence.includes('Node'), sentence);
    }
    assert.match(failed('EACCES', '/a/b.py'), /^Permission denied: \/a\/b\.py\. Check the permissions/);
    assert.match(failed('ENOSPC', '/a/b.py'), /disk space.*Free some space/);
  });

  it('says that a name is blank', () => {
    for (const name of ['', ' ', '\n'])
      assert.equal(failed('ENOENT', name), 'The file name is blank. Pass the path of a file.');
  });

  it('is explained for a model’s file too', () => {
    const unreadable = (code: string): string =>
      errorText(
        new EngineError(EngineErrorCode.modelUnusable, { kind: 'modelUnreadable', path: '/a.gguf', code }),
      );
    assert.match(unreadable('ENAMETOOLONG'), /name is longer than the file system allows/);
    assert.match(unreadable('ELOOP'), /leads back to itself/);
    assert.match(unreadable('EISDIR'), /Pass the path of the GGUF file itself/);
    assert.match(unreadable('EINVAL'), /can't be read \(EINVAL\)/);
  });

  it('doesn’t blame one file where too many are open', () =>
    assert.match(failed('EMFILE', '/a/b.py'), /^Too many files are open.*ulimit -n 1024/));

  it('keeps the system’s words where there are no better ones', () => {
    assert.equal(failed('ECONNRESET'), "ECONNRESET: in Node's words");
    assert.equal(failed('EXDEV', '/a'), "EXDEV: in Node's words");
  });
});
