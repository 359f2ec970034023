/** `import` lines name everything, whether it is used or not. */
const IMPORT =
  /^[ \t]*(?:import|from|(?:pub )?use|package|#\s*include)\b(?:[^;'"\n({]|\([^)]*\)|\{[^}]*\})*(?:'[^'\n]*'|"[^"\n]*")?;?/gm;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** `a: T`, `a = new T(`, `a := t(`, `T a =`: what a name is of, as far as a look at the text can tell. */
const OF_TYPE =
  /([\p{L}_$][\p{L}\p{N}_$]*)\??\s*(?::\s*(?:readonly |&(?:mut )?|\*)?|:?=\s*(?:await |new |yield )*)([\p{L}_$][\p{L}\p{N}_$]*)/gu;
/** The line that begins a class, and what it is made upon. */
const CLASS = /^[ \t]*(?:[a-z]+ +)*(?:class|struct|interface) +[\p{L}_$][\p{L}\p{N}_$]*(.*)$/gmu;
/** How a class speaks of what it has inherited; some languages need no word for it. */
const SELF = ['this', 'self', 'super'];
const INHERITED = 8;
/** What follows the cursor tells less of what is to be written than what precedes it. */
const BELOW = 2;
/** Lines that are looked at on either side. */
const FURTHEST = 150;

/** How near a name stands to the cursor. */
export class Proximity {
  private readonly lines = new Map<string, number>();
  private readonly all: ReadonlySet<string>;

  constructor(text: string, offset: number) {
    const body = text.replaceAll(IMPORT, (statement) => statement.replaceAll(/[^\n]/g, ' '));
    this.all = new Set(body.match(WORD));
    const above = body.slice(0, offset).split('\n').slice(-FURTHEST).reverse();
    const below = body.slice(offset).split('\n').slice(0, FURTHEST);
    above.forEach((line, distance) => this.addLine(line, distance));
    below.forEach((line, distance) => this.addLine(line, distance * BELOW));
    // A name stands for what it is of: `cart.` is about the class of `const cart: Cart`.
    for (const [, name = '', type = ''] of body.matchAll(OF_TYPE)) {
      const distance = this.lines.get(name);
      if (distance !== undefined && name !== type) this.add(type, distance);
    }
    const [, heritage = ''] = [...body.slice(0, offset).matchAll(CLASS)].at(-1) ?? [];
    const inherited = Math.min(INHERITED, ...SELF.map((word) => this.lines.get(word) ?? INHERITED));
    this.addLine(heritage, inherited);
  }

  /** In lines; `undefined` where it isn't near. */
  linesTo(name: string): number | undefined {
    return this.lines.get(name);
  }

  /** Whether the text has the name anywhere but in its imports. */
  has(name: string): boolean {
    return this.all.has(name);
  }

  private addLine(line: string, distance: number): void {
    for (const word of line.match(WORD) ?? []) this.add(word, distance);
  }

  private add(word: string, distance: number): void {
    const before = this.lines.get(word);
    if (before === undefined || distance < before) this.lines.set(word, distance);
  }
}
