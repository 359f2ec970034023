import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { takeScreenshots } from './support/screenshots.js';
import { until } from './support/until.js';

/** The server started by the commands inside VS Code. */
describe('the HTTP server', function () {
  this.timeout(120_000);

  it('answers at the configured address, with the editor’s model, until it is stopped', async () => {
    const settings = vscode.workspace.getConfiguration('youtu');
    await settings.update('server.port', 18_231, vscode.ConfigurationTarget.Global);
    const url = 'http://127.0.0.1:18231';
    // The message with the address stays until it is dismissed.
    void vscode.commands.executeCommand('youtu.server.start');
    // Until the model's contexts are open the status is 503.
    await until(
      'the server is ready',
      () =>
        fetch(`${url}/health`).then(
          ({ ok }) => ok,
          () => false,
        ),
      30_000,
    );
    // A new window collects its messages in the notification centre.
    await vscode.commands.executeCommand('notifications.showList');
    await takeScreenshots('server');
    await vscode.commands.executeCommand('notifications.hideList');
    const answer = await fetch(`${url}/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: 'Say hi.', max_tokens: 4 }),
    });
    assert.equal(answer.status, 200);
    assert.match(await (await fetch(url)).text(), /<!doctype html>/i);
    await vscode.commands.executeCommand('youtu.server.stop');
    await assert.rejects(fetch(`${url}/health`));
    await settings.update('server.port', undefined, vscode.ConfigurationTarget.Global);
  });
});
