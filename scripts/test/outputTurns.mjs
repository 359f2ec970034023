/**
 * Keeps the output of work that runs at the same time apart: the first one's is printed as it comes, the others' when
 * those before them have ended.
 */
export class OutputTurns {
  #turns = [];

  /** @param {(text: string | Uint8Array) => void} print */
  constructor(print) {
    this.print = print;
  }

  /** @returns `write`, and `end`, which must be called */
  take() {
    const turn = { waiting: [], hasEnded: false };
    this.#turns.push(turn);
    return {
      write: (text) => {
        if (turn === this.#turns[0]) this.print(text);
        else turn.waiting.push(text);
      },
      end: () => {
        turn.hasEnded = true;
        this.#next();
      },
    };
  }

  #next() {
    while (this.#turns[0]?.hasEnded) {
      this.#turns.shift();
      for (const text of this.#turns[0]?.waiting.splice(0) ?? []) this.print(text);
    }
  }
}
