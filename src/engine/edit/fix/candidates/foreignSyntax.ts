/** What a line's words lack, or another language writes in a place: `else if` in Python, `elif` in C, `->` for `=>`, `while` in Go. */
import { languageOf } from '../../../language/languageOf.js';
import { candidateOf, withLine, type Candidate, type FixPlace } from './candidate.js';
import { codePart } from './codePart.js';
import { linesToTry } from './missingToken.js';
import type { SyntaxProblem } from '../../../syntax/syntaxErrors.js';

type Rule = readonly [pattern: RegExp, replacement: string];

const ELSE_IF: Rule = [/^(\s*(?:\}\s*)?)(?:elif|elseif|elsif)\b/, '$1else if'];
/** `if a > b {` where the condition needs its parentheses. */
const PARENTHESES: Rule = [
  /^(\s*(?:\}\s*)?(?:else\s+)?(?:if|while|switch)) (?!\()(.*[^\s{]) *\{$/,
  '$1 ($2) {',
];
const SYMBOLS: readonly Rule[] = [
  [/ and /g, ' && '],
  [/ or /g, ' || '],
  [/\bnot (?=\w)/g, '!'],
];
const SCRIPT: readonly Rule[] = [
  ELSE_IF,
  PARENTHESES,
  ...SYMBOLS,
  [/(?<=[\w)]\s*)->/g, '=>'],
  [/= >/g, '=>'],
  // `export async f() {` and, in an object, `a = 1,`.
  [
    /^((?:export\s+(?:default\s+)?)?async\s+|export\s+)(?=(?!async\b|class\b|function\b|default\b)[\w$]+\s*\()/,
    '$1function ',
  ],
  [/^(\s+[\w$]+) = (.*),$/, '$1: $2,'],
  // `)};` for `});`
  [/^(\s*)\)\}(;?)$/, '$1})$2'],
  [/(\$\{[^{}`]*)(?=`[^`]*$)/, '$1}'],
  [/^(\s*(?:export\s+)?(?:async\s+)?)(?:def|func|fn|fun)(?=\s+\w+\s*\()/, '$1function'],
];
const CASE: Rule = [/^(\s*(?:case\b.*|default));$/, '$1:'];
const C_LIKE: readonly Rule[] = [ELSE_IF, PARENTHESES, CASE];
const INCLUDED: Rule = [/^(\s*#\s*include\s*<[\w./+-]+)$/, '$1>'];
const INCLUDE: Rule = [/^\s*include(?=\s*[<"])/, '#include'];
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  python: [
    [/^(\s*)(?:else\s+if|elseif|elsif)\b/, '$1elif'],
    [/\s*&&\s*/g, ' and '],
    [/\s*\|\|\s*/g, ' or '],
    [/!(?=[\w(])/g, 'not '],
    [/=!(?!=)/g, '!='],
    [/\)\s*=>\s*/, ') -> '],
    // A method without its `def`, and a loop without its `in`.
    [/^(\s+(?:async\s+)?)(?=\w+\((?:self|cls)\b[^()]*\).*:$)/, '$1def '],
    [/\bfor\s+((?:\w+(?:,\s*\w+)*|\([\w, ]+\)))\s+(?!in\b)(?=[\w([][^,]*$)/, 'for $1 in '],
    [/^(\s*(?:def|class|if|elif|else|for|while|try|except|with)\b.*[^\s{]) *\{$/, '$1:'],
    [/^(\s*(?:async\s+)?)(?:function|func|fn|fun)(?=\s+\w+\s*\()/, '$1def'],
    [/^(\s*[\w.]+)\+\+;?$/, '$1 += 1'],
    [/^(\s*[\w.]+)--;?$/, '$1 -= 1'],
    [/^(\s*)(?:var|let|const) (?=\w+ *=)/, '$1'],
    [/^(\s*)print (?!\()(.+)$/, '$1print($2)'],
  ],
  javascript: SCRIPT,
  javascriptreact: SCRIPT,
  typescript: SCRIPT,
  typescriptreact: SCRIPT,
  java: [
    ...C_LIKE,
    ...SYMBOLS,
    [/=>/g, '->'],
    [/^(\s*for \(.*\w) (?:in|of) (.*\) *\{)$/, '$1 : $2'],
    [/(\bnew [\w.]+(?:<[\w, ?]*>)?);$/, '$1();'],
  ],
  c: [...C_LIKE, INCLUDE, INCLUDED],
  cpp: [...C_LIKE, INCLUDE, INCLUDED],
  csharp: [...C_LIKE, ...SYMBOLS, [/->/g, '=>']],
  php: [PARENTHESES],
  go: [ELSE_IF, ...SYMBOLS, [/^(\s*)while\b/, '$1for'], [/^(\s*)(?:function|fun|fn|def)(?=[\s(])/, '$1func']],
  rust: [
    ELSE_IF,
    ...SYMBOLS,
    [/^(\s*(?:pub(?:\([^)]*\))?\s+)?)(?:function|func|fun|def)(?=\s+\w+)/, '$1fn'],
    [/\)\s*(?:=>|:)\s*(?=[\w&(].*\{$)/, ') -> '],
    [/->/g, '=>'],
    [/ ?- >/g, ' ->'],
  ],
  shellscript: [
    [/^(\s*)(?:else\s+if|elseif|elsif)\b/, '$1elif'],
    [/^(\s*)(?:endif|end)$/, '$1fi'],
  ],
};

/** Each needs proof: a line may look like another language's by chance. */
export function foreignSyntaxCandidates(
  place: FixPlace,
  problems: readonly SyntaxProblem[],
): readonly Candidate[] {
  const { languageId, text } = place;
  // A shell only notices at the end of the text.
  const lines =
    languageId === 'shellscript'
      ? place.lines.map((_, line) => line)
      : [...new Set([...linesToTry(place, problems), ...openTemplates(place)])];
  const rules = RULES[languageId] ?? [];
  return lines.flatMap((line) => {
    const { code, rest } = codePart(place.lines[line] ?? '', languageOf(languageId));
    // `a && !b` needs two.
    const corrected = [...rules.map((rule) => byRule(code, rule)), rules.reduce(byRule, code)];
    return [...new Set(corrected)].flatMap(
      (each) =>
        candidateOf(text, withLine(place, line, each + rest), { origin: 'syntax', needsProof: true }) ?? [],
    );
  });
}

/** Lines with a template whose code doesn't end: the parser notices where the text ends. */
function openTemplates({ languageId, lines }: FixPlace): readonly number[] {
  if (!/script/.test(languageId)) return [];
  return lines.flatMap((line, index) => (/\$\{[^{}`]*`/.test(line) ? [index] : [])).slice(0, 4);
}

/** Strings stay as they are. */
function byRule(code: string, [pattern, replacement]: Rule): string {
  if (!pattern.global) return code.replace(pattern, replacement);
  return code
    .split(/("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`)/)
    .map((part, index) => (index % 2 === 0 ? part.replace(pattern, replacement) : part))
    .join('');
}
