import type { Definition, FileOutline } from '../../syntax/outline/outline.js';

/**
 * What another file may use of a definition, when it imports the module as a whole.
 * @returns `undefined` when that is nothing
 */
export function visiblePart(
  definition: Definition,
  outline: FileOutline,
  languageId: string,
): Definition | undefined {
  const { name, head, members, isPart } = definition;
  switch (languageId) {
    case 'rust':
      return isPart === true || /^(?:pub\b|macro_rules!)/.test(head) ? definition : undefined;
    case 'typescript':
    case 'typescriptreact':
    case 'javascript':
    case 'javascriptreact':
      return isExported(definition, outline) ? definition : undefined;
    case 'go': {
      if (!/^\p{Lu}/u.test(name)) return undefined;
      const exported = members.filter((member) => /^\W*(?:\w+\.)?\p{Lu}/u.test(member.name));
      return isPart === true && exported.length === 0 ? undefined : { ...definition, members: exported };
    }
    default:
      return definition;
  }
}

/** Said so where it is defined, or elsewhere in the file; a file that exports nothing is run for what it does. */
function isExported({ name, head, isPart }: Definition, { definitions, aliases }: FileOutline): boolean {
  const exported = new Set(aliases.values());
  if (exported.has(name) || /^(?:export|declare)\b/.test(head)) return true;
  return isPart === true && definitions.some((other) => other.name === name && /^export\b/.test(other.head));
}
