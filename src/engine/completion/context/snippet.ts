/** A part of another file that a prompt shows. */
export interface Snippet {
  /** As a person would write it, from the project's root. */
  readonly path: string;
  readonly text: string;
}
