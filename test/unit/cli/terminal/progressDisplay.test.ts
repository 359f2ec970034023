import assert from 'node:assert/strict';
import { barText, ProgressDisplay } from '../../../../src/cli/terminal/progressDisplay.js';
import type { DownloadProgress } from '../../../../src/protocol/model.js';
import { FakeTerminal } from '../support/fakeTerminal.js';

const at = (doneBytes: number, more: Partial<DownloadProgress> = {}): DownloadProgress => ({
  doneBytes,
  totalBytes: 200e6,
  source: 'hub',
  phase: 'downloading',
  ...more,
});

describe('the progress bar', () => {
  it('shows percentage, sizes and source', () => {
    assert.equal(
      barText(at(50e6), 79),
      `[${'#'.repeat(8)}${'.'.repeat(22)}]  25%  50 MB of 200 MB  from hub`,
    );
    assert.equal(
      barText(at(200e6, { phase: 'verifying' }), 79),
      `[${'#'.repeat(30)}] 100%  200 MB of 200 MB  verifying SHA-256`,
    );
  });

  it('shows the rate and the time that is left, once they are known', () => {
    assert.match(
      barText(at(50e6, { bytesPerSecond: 5e6 }), 100),
      /25% {2}50 MB of 200 MB {2}5\.0 MB\/s {2}30 s left {2}from hub$/,
    );
    assert.match(barText(at(50e6, { bytesPerSecond: 1e6 }), 100), /1\.0 MB\/s {2}3 min left/);
    assert.match(barText(at(50e6, { bytesPerSecond: 3e4 }), 100), /0\.0 MB\/s {2}1 h 24 min left/);
    assert.doesNotMatch(barText(at(50e6, { bytesPerSecond: 0 }), 100), /left/);
  });

  it('fits any width', () => {
    for (let columns = 1; columns < 120; columns++)
      assert.ok(
        barText(at(50e6, { source: 'https://a-mirror.example/with/a/long/path' }), columns).length <= columns,
      );
  });

  it('shows no percentage for an unknown size', () => {
    assert.equal(barText(at(0, { totalBytes: 0, phase: 'connecting' }), 79), 'connecting to hub');
  });
});

describe('progress without a terminal', () => {
  it('prints one line for each 10 %, and one for the verification', () => {
    const terminal = new FakeTerminal();
    const display = new ProgressDisplay(terminal);
    for (let done = 0; done <= 200e6; done += 1e6) display.show(at(done));
    for (let done = 0; done <= 200e6; done += 50e6) display.show(at(done, { phase: 'verifying' }));
    display.clear();
    assert.equal(terminal.notes.split('\n').length - 1, 12);
    assert.match(terminal.notes, /^0% of 200 MB from hub\n10% /);
    assert.match(terminal.notes, /100% of 200 MB from hub\nverifying SHA-256\n$/);
  });
});
