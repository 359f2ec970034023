/** The model continues the first of these texts that the prompt ends in the middle of. */
export const writes =
  (...texts: string[]) =>
  (prompt: string): string => {
    for (const text of texts)
      for (let length = text.length - 1; length > 0; length--)
        if (prompt.endsWith(text.slice(0, length))) return text.slice(length);
    return '';
  };
