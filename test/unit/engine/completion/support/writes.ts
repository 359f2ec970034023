/** Continues the first of these texts with a part that the prompt ends with. */
export const writes =
  (...texts: string[]) =>
  (prompt: string): string => {
    for (const text of texts)
      for (let length = text.length - 1; length > 0; length--)
        if (prompt.endsWith(text.slice(0, length))) return text.slice(length);
    return '';
  };
