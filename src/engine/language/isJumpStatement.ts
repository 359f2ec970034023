const BARE_JUMP =
  /^(?:(?:break|continue|goto|return|yield|exit)(?: [\w.'"[\]{}-]+)?|(?:throw|raise)(?: new)? \w+(?:\(\))?);?$/;

/**
 * Whether a line, without its indentation, is a way out with nothing to say for itself, as two guards may well have in
 * turn: `continue;`, `return [];`, `raise NotImplementedError()`.
 */
export function isJumpStatement(text: string): boolean {
  return BARE_JUMP.test(text);
}
