/**
 * A piece of a rendered prompt. Only what the template itself wrote may become control tokens; text of people and
 * of the model's earlier answers is tokenized as plain text, whatever it looks like.
 */
export interface PromptPart {
  readonly text: string;
  readonly isTemplate: boolean;
}
