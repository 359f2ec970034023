import type { Definition } from '../../syntax/outline/outline.js';

/**
 * What another file may use of a definition, when it imports the module as a whole.
 * @returns `undefined` when that is nothing
 */
export function visiblePart(definition: Definition, languageId: string): Definition | undefined {
  const { name, head, members, isPart } = definition;
  switch (languageId) {
    case 'python':
      return name.startsWith('_') ? undefined : definition;
    case 'rust':
      return isPart === true || /^(?:pub\b|macro_rules!)/.test(head) ? definition : undefined;
    case 'typescript':
    case 'typescriptreact':
      return /^(?:export|declare)\b/.test(head) ? definition : undefined;
    case 'go': {
      if (!/^\p{Lu}/u.test(name)) return undefined;
      const exported = members.filter((member) => /^\W*(?:\w+\.)?\p{Lu}/u.test(member.name));
      return isPart === true && exported.length === 0 ? undefined : { ...definition, members: exported };
    }
    default:
      return definition;
  }
}
