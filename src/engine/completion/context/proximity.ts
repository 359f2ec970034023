/**
 * `import` lines name everything, whether it is used or not. Here as below, what may repeat has a limit: a text of half
 * a megabyte without sense must not take longer than another one.
 */
const IMPORT =
  /^[ \t]{0,40}(?:import|from|(?:pub )?use|package|#[ \t]{0,9}include)\b(?:[^;'"\n({]|\([^)]{0,900}\)|\{[^}]{0,900}\}){0,200}(?:'[^'\n]{0,300}'|"[^"\n]{0,300}")?;?/gm;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;
/** `a: T`, `a = new T(`, `a := t(`: what a name is of, as far as a look at the text can tell. */
const OF_TYPE =
  /(?<![\p{L}\p{N}_$])([\p{L}_$][\p{L}\p{N}_$]{0,80})\??[ \t]{0,9}(?::[ \t]{0,9}(?:readonly |&(?:mut )?|\*)?|:?=[ \t]{0,9}(?:await |new |yield ){0,2})([\p{L}_$][\p{L}\p{N}_$]{0,80})/gu;
/** `T a =`, `T<U> *a;` */
const TYPE_BEFORE =
  /(?<![\p{L}\p{N}_$])(\p{Lu}[\p{L}\p{N}_$]{0,80})(?:<[^<>\n]{0,80}>)?[*&]?[ \t]{1,9}[*&]?([\p{Ll}_][\p{L}\p{N}_$]{0,80})[ \t]{0,9}[=;,)]/gu;
/** `a T`, `a *p.T` */
const TYPE_AFTER =
  /(?<![\p{L}\p{N}_$])([\p{Ll}_][\p{L}\p{N}_$]{0,80})[ \t]{1,9}\*?(?:[\p{Ll}_][\p{L}\p{N}_$]{0,80}\.)?(\p{Lu}[\p{L}\p{N}_$]{0,80})/gu;
/** The line that begins a class, and what it is made upon. */
const CLASS =
  /^[ \t]{0,40}(?:[a-z]{1,20} ){0,6}(?:class|struct|interface) [\p{L}_$][\p{L}\p{N}_$]{0,80}(.{0,300})$/gmu;
/** How a class speaks of what it has inherited; some languages need no word for it. */
const SELF = ['this', 'self', 'super'];
const INHERITED = 8;
/** What follows the cursor tells less of what is to be written than what precedes it. */
const BELOW = 2;
/** Lines that are looked at on either side. */
const FURTHEST = 150;
/** Characters of a text on either side in which a name counts as used at all. */
const WIDEST = 100_000;

/** How near a name is to the cursor. */
export class Proximity {
  private readonly lines = new Map<string, number>();
  private readonly all: ReadonlySet<string>;

  constructor(text: string, offset: number) {
    const start = Math.max(0, offset - WIDEST);
    const around = text.slice(start, offset + WIDEST);
    const cursor = offset - start;
    const body = around.replaceAll(IMPORT, (statement) => statement.replaceAll(/[^\n]/g, ' '));
    this.all = new Set(body.match(WORD));
    const above = body.slice(0, cursor).split('\n').slice(-FURTHEST).reverse();
    const below = body.slice(cursor).split('\n').slice(0, FURTHEST);
    above.forEach((line, distance) => this.addLine(line, distance));
    below.forEach((line, distance) => this.addLine(line, distance * BELOW));
    // A name refers to its type: `cart.` is about the class of `const cart: Cart`.
    for (const [, name = '', type = ''] of body.matchAll(OF_TYPE)) this.addType(name, type);
    for (const [, type = '', name = ''] of body.matchAll(TYPE_BEFORE)) this.addType(name, type);
    for (const [, name = '', type = ''] of body.matchAll(TYPE_AFTER)) this.addType(name, type);
    const [, heritage = ''] = [...body.slice(0, cursor).matchAll(CLASS)].at(-1) ?? [];
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

  private addType(name: string, type: string): void {
    const distance = this.lines.get(name);
    if (distance !== undefined && name !== type) this.add(type, distance);
  }

  private add(word: string, distance: number): void {
    const before = this.lines.get(word);
    if (before === undefined || distance < before) this.lines.set(word, distance);
  }
}
