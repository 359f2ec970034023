export function localizedStrings(root: string): Map<string, string[]>;
