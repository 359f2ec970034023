import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EngineFailure } from '../../src/extension/engine/engineClient.js';
import { explain } from '../../src/extension/failureText.js';
import { showFailure } from '../../src/extension/guard.js';
import type { DownloadAttempt, EngineErrorData } from '../../src/protocol/errors.js';

/** Each reason for which a source doesn't deliver, and what its sentence advises. */
const REASONS: Readonly<Record<DownloadAttempt['reason'], RegExp>> = {
  unreachable: /Couldn’t reach hub: check your internet connection/,
  timeout: /No response in time from hub: try again later/,
  notFound: /Not available from hub: use another source/,
  forbidden: /Access denied by hub: check whether a proxy/,
  serverError: /Error reported by hub: try again later/,
  interrupted: /Connection to hub interrupted: try again/,
  wrongHash: /file from hub has a different checksum .* use another source/,
  wrongSize: /file from hub doesn’t have the expected size: use another source/,
  certificate: /certificate of .* isn’t trusted/,
  rateLimited: /Too many requests/,
  noPip: /from hub needs pip, .* install Python/,
  noSource: /Unknown source hub: correct its name/,
};
const DETAIL = 'connect ECONNREFUSED 192.0.2.1:443';

function attempt(reason: DownloadAttempt['reason'], source = 'hub'): DownloadAttempt {
  return { source, target: `https://${source}.example/model.gguf`, reason, detail: DETAIL };
}

function failed(...attempts: readonly DownloadAttempt[]): EngineFailure {
  return new EngineFailure({ kind: 'downloadFailed', id: 'coder', attempts });
}

describe('the message about a failed download', () => {
  for (const [reason, sentence] of Object.entries(REASONS))
    it(`says what ${reason} means and what to do, without codes`, () => {
      const { message } = explain(failed(attempt(reason as DownloadAttempt['reason'])));
      assert.match(message, sentence);
      assert.doesNotMatch(message, /ECONNREFUSED|https:|192\.0\.2/);
      if (/[A-Z]/.test(reason)) assert.doesNotMatch(message, new RegExp(reason));
    });

  it('names sources that failed alike together', () => {
    const { message, actions } = explain(
      failed(attempt('unreachable', 'a'), attempt('timeout', 'b'), attempt('unreachable', 'c')),
    );
    assert.match(message, /Couldn’t reach a, c: .* No response in time from b:/);
    assert.deepEqual(
      actions.map(({ arguments: [argument] }) => argument),
      ['coder', 'http.proxy', undefined],
    );
  });

  it('offers to try again first, then the setting that removes the most likely cause', () => {
    const second = (...attempts: readonly DownloadAttempt[]): unknown => {
      const [again, next] = explain(failed(...attempts)).actions;
      assert.equal(again?.command, 'youtu.model.download');
      return next?.arguments[0] ?? next?.command;
    };
    assert.equal(second(attempt('timeout')), 'http.proxy');
    assert.equal(second(attempt('notFound'), attempt('noPip')), 'youtu.model.sources');
    assert.equal(second(attempt('wrongHash')), 'youtu.model.select');
    assert.equal(second(), 'youtu.model.sources');
  });

  it('says that no source has the model', () => {
    assert.match(explain(failed()).message, /None of the sources has it/);
  });

  it('names the folder that can’t be written, without the system’s code', () => {
    const data: EngineErrorData = { kind: 'folderNotWritable', folder: '/models', code: 'EROFS' };
    const { message } = explain(new EngineFailure(data));
    assert.match(message, /\/models isn’t writable\. Set youtu\.model\.folder/);
    assert.doesNotMatch(message, /EROFS/);
  });

  it('leaves the code to the log', async () => {
    const lines: string[] = [];
    const log = vscode.window.createOutputChannel('Youtu Code test', { log: true });
    const recording = new Proxy(log, {
      get: (target, name) =>
        name === 'error' ? (line: string) => lines.push(line) : (Reflect.get(target, name) as unknown),
    });
    const shown = showFailure(recording, failed(attempt('unreachable')));
    await vscode.commands.executeCommand('notifications.clearAll');
    log.dispose();
    void shown;
    assert.match(lines.join('\n'), /ECONNREFUSED/);
  });
});
