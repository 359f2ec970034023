import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../scripts/tools/command.mjs';
import { ghostTextOf } from './ghostObserver.mjs';
import { rhythm } from './rhythm.mjs';

const MAX_REPAIRS = 10;
/** The extension host receives a key a little after the page shows it. */
const MAX_STATE_WAIT_MS = 5000;

/**
 * Types a text into the active editor as a user does, and samples the visible ghost text before each key.
 *
 * A user doesn't type what the editor has inserted: the typist keeps the automatic indentation of a new line and corrects
 * it where it is wrong (those keys don't count). It types over an automatic closing bracket in the same line, and moves
 * to one in the next line with the arrow keys.
 */
export class Typist {
  repairs = 0;
  samples = [];

  constructor({ page, probe, text, keyMs, pauseMs, seed }) {
    // Blanks that one backspace deletes in the indentation.
    const indentUnit = /^( +)\S/m.exec(text)?.[1].length ?? 4;
    Object.assign(this, { page, probe, text, indentUnit, timings: rhythm(text, { keyMs, pauseMs, seed }) });
  }

  /** Types the whole text, or what fits into the time; returns the number of characters. */
  async type(limitMs) {
    const end = performance.now() + limitMs;
    let at = 0;
    let next = performance.now();
    while (at < this.text.length && performance.now() < end) {
      const { wait, isPause } = this.timings[at];
      next = Math.max(next + wait, performance.now());
      await sleep(next - performance.now());
      const snapshot = await this.page.evaluate('takeGhostText()');
      const state = await this.waitForState(at);
      const skipped = autoClosedBelow(state.after, this.text.slice(at));
      if (at > 0 && skipped === 0) this.addSample(at, { ...snapshot, isPause, column: state.column });
      if (skipped > 0) {
        await this.moveDown();
        at += skipped;
      } else if (this.text[at] === '\n') {
        await this.page.keyboard.press('Enter');
        at = await this.correctIndent(at + 1);
      } else {
        await this.page.keyboard.type(this.text[at]);
        at++;
      }
    }
    return at;
  }

  addSample(at, { keyAt, log, isPause, isListOpen, column }) {
    const shown = log.map(({ at: time, reading }) => ({ time, text: ghostTextOf(reading, column) }));
    const text = shown.at(-1)?.text ?? '';
    // The current text may have been visible since the key or have been drawn later.
    const since = shown.findLast((each, i) => !isContinuation(shown[i - 1]?.text ?? '', text))?.time;
    this.samples.push({
      at,
      isPause,
      isListOpen,
      text,
      isRight: isRight(text, this.text.slice(at)),
      ms: text === '' || keyAt === 0 ? undefined : Math.max(0, (since ?? keyAt) - keyAt),
    });
  }

  /** Waits until the document contains the typed text and returns its state; repairs the text after a timeout. */
  async waitForState(at) {
    const expected = this.text.slice(0, at);
    const end = performance.now() + MAX_STATE_WAIT_MS;
    for (;;) {
      const state = await this.probe({ action: 'state' });
      if (isSameText(state.before, expected)) return state;
      if (performance.now() > end) {
        if (process.env.YOUTU_BENCH_VERBOSE)
          console.error(
            `repaired ${JSON.stringify(state.before.slice(-60))}, expected ${JSON.stringify(expected.slice(-60))}`,
          );
        if (++this.repairs > MAX_REPAIRS) throw new Failure(`Typing failed at: ${expected.slice(-80)}`);
        await this.probe({ action: 'repair', before: expected });
      } else await sleep(10);
    }
  }

  /** After Enter: corrects the automatic indentation and returns the offset at which the text continues. */
  async correctIndent(at) {
    const [, indent, next] = /^([ \t]*)([^]?)/.exec(this.text.slice(at));
    if (next === '\n' || next === '') return at;
    const state = await this.stateAfterEnter(at);
    const actual = /[ \t]*$/.exec(state.before)[0].length;
    // The editor dedents a closing bracket when it is typed.
    const isCloser = /[)\]}]/.test(next);
    for (let i = actual; i < indent.length; i++) await this.page.keyboard.press('Space');
    for (let width = actual; width > indent.length && !isCloser; width -= this.indentUnit)
      await this.page.keyboard.press('Backspace');
    return at + indent.length;
  }

  async stateAfterEnter(at) {
    const end = performance.now() + MAX_STATE_WAIT_MS;
    for (;;) {
      const state = await this.probe({ action: 'state' });
      if (isSameText(state.before, this.text.slice(0, at)) || performance.now() > end) return state;
      await sleep(5);
    }
  }

  async moveDown() {
    await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('End');
  }
}

/** Length of the next text that is already in the line below: line break, indentation and closing brackets. */
function autoClosedBelow(after, next) {
  const found = /^\n[ \t]*[)\]}]+/.exec(after)?.[0];
  return found !== undefined && next.startsWith(found) ? found.length : 0;
}

/** Ignores trailing blanks: the editor leaves some in empty lines and removes them later. */
function isSameText(actual, expected) {
  const trimmed = (text) => text.replace(/[ \t]+$/gm, '');
  return trimmed(actual) === trimmed(expected);
}

const CHECKED_LENGTH = 12;

/** Whether its first 12 characters, or all of a shorter text, are typed next. */
function isRight(text, next) {
  const ghost = text.replace(/^[ \t]+$/gm, '').slice(0, CHECKED_LENGTH);
  return ghost.trim() !== '' && next.startsWith(ghost);
}

/** Whether the text starts with what was shown before, compared by its first characters. */
function isContinuation(shown, text) {
  return shown !== '' && text.startsWith(shown.slice(0, CHECKED_LENGTH));
}
