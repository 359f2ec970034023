/** Something that a person gave can't be used; the message is a sentence for them. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
