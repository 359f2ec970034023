import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../scripts/tools/command.mjs';
import { ghostTextOf } from './ghostObserver.mjs';
import { rhythm } from './rhythm.mjs';

const MAX_REPAIRS = 10;
/** The extension host hears of a key a little after the page shows it. */
const STATE_LIMIT_MS = 5000;

/**
 * Types a text into the editor at hand as a person does, and looks before each key at what ghost text is shown.
 *
 * What an editor does by itself, a person neither types nor repeats: the indentation of a new line is taken as it comes,
 * and put right at once where it is wrong (those keys don't count); a closing bracket that stands already is typed over
 * in its line, and walked to with the arrow keys in a line below.
 */
export class Typist {
  repairs = 0;
  looks = [];

  constructor({ page, probe, text, keyMs, pauseMs, seed }) {
    // What one backspace takes away between a line's start and its text.
    const unit = /^( +)\S/m.exec(text)?.[1].length ?? 4;
    Object.assign(this, { page, probe, text, unit, beats: rhythm(text, { keyMs, pauseMs, seed }) });
  }

  /** Types it all, or what fits into the time. */
  async type(limitMs) {
    const end = performance.now() + limitMs;
    let at = 0;
    let next = performance.now();
    while (at < this.text.length && performance.now() < end) {
      const { wait, isPause } = this.beats[at];
      next = Math.max(next + wait, performance.now());
      await sleep(next - performance.now());
      const looked = await this.page.evaluate('takeGhostText()');
      const state = await this.stateAt(at);
      const standing = standingBelow(state.after, this.text.slice(at));
      if (at > 0 && standing === 0) this.look(at, { ...looked, isPause, column: state.column });
      if (standing > 0) {
        await this.walkDown();
        at += standing;
      } else if (this.text[at] === '\n') {
        await this.page.keyboard.press('Enter');
        at = await this.settleIndent(at + 1);
      } else {
        await this.page.keyboard.type(this.text[at]);
        at++;
      }
    }
    return at;
  }

  look(at, { keyAt, log, isPause, isListOpen, column }) {
    const shown = log.map(({ at: time, reading }) => ({ time, text: ghostTextOf(reading, column) }));
    const text = shown.at(-1)?.text ?? '';
    // What is shown in the end may have stood there since the key, drawn with it, or have come later.
    const since = shown.findLast((each, i) => !isBeginning(shown[i - 1]?.text ?? '', text))?.time;
    this.looks.push({
      at,
      isPause,
      isListOpen,
      text,
      isRight: isRight(text, this.text.slice(at)),
      ms: text === '' || keyAt === 0 ? undefined : Math.max(0, (since ?? keyAt) - keyAt),
    });
  }

  /** The document's state once it has all that was typed; puts right what an editor made of it. */
  async stateAt(at) {
    const wanted = this.text.slice(0, at);
    const end = performance.now() + STATE_LIMIT_MS;
    for (;;) {
      const state = await this.probe({ action: 'state' });
      if (isSameText(state.before, wanted)) return state;
      if (performance.now() > end) {
        if (process.env.YOUTU_BENCH_VERBOSE)
          console.error(
            `repaired ${JSON.stringify(state.before.slice(-60))}, wanted ${JSON.stringify(wanted.slice(-60))}`,
          );
        if (++this.repairs > MAX_REPAIRS) throw new Failure(`Typing goes wrong at: ${wanted.slice(-80)}`);
        await this.probe({ action: 'repair', before: wanted });
      } else await sleep(10);
    }
  }

  /** After Enter: mends the indentation that the editor gave, and says where the text goes on. */
  async settleIndent(at) {
    const [, indent, next] = /^([ \t]*)([^]?)/.exec(this.text.slice(at));
    if (next === '\n' || next === '') return at;
    const state = await this.stateAfterEnter(at);
    const actual = /[ \t]*$/.exec(state.before)[0].length;
    // An editor moves a closing bracket to the left when it is typed.
    const isCloser = /[)\]}]/.test(next);
    for (let i = actual; i < indent.length; i++) await this.page.keyboard.press('Space');
    for (let left = actual; left > indent.length && !isCloser; left -= this.unit)
      await this.page.keyboard.press('Backspace');
    return at + indent.length;
  }

  async stateAfterEnter(at) {
    const end = performance.now() + STATE_LIMIT_MS;
    for (;;) {
      const state = await this.probe({ action: 'state' });
      if (isSameText(state.before, this.text.slice(0, at)) || performance.now() > end) return state;
      await sleep(5);
    }
  }

  async walkDown() {
    await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('End');
  }
}

/** How much of what comes next stands in the line below already: its line break, indentation and closing brackets. */
function standingBelow(after, next) {
  const found = /^\n[ \t]*[)\]}]+/.exec(after)?.[0];
  return found !== undefined && next.startsWith(found) ? found.length : 0;
}

/** Blanks at the ends of lines don't count: an editor leaves some, and takes them away later. */
function isSameText(actual, wanted) {
  const trimmed = (text) => text.replace(/[ \t]+$/gm, '');
  return trimmed(actual) === trimmed(wanted);
}

const LENGTH = 12;

/** Its first 12 characters, or all of it when it is shorter, are what is typed next. */
function isRight(text, next) {
  const ghost = text.replace(/^[ \t]+$/gm, '').slice(0, LENGTH);
  return ghost.trim() !== '' && next.startsWith(ghost);
}

/** Whether the text went on from what was shown before, as far as anybody looks. */
function isBeginning(shown, text) {
  return shown !== '' && text.startsWith(shown.slice(0, LENGTH));
}
