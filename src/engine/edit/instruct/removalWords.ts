/** Whether an instruction means that a definition goes, or gets another name. */

/** What is done to the words that follow. */
const VERB =
  /\b(?:delet(?:e|es|ed|ing)|remov(?:e|es|ed|ing)|eras(?:e|es|ed|ing)|drop(?:s|ped|ping)?|inlin(?:e|es|ed|ing)|renam(?:e|es|ed|ing)|replac(?:e|es|ed|ing)|convert(?:s|ed|ing)?|transform(?:s|ed|ing)?|turn(?:s|ed|ing)?|rewrit(?:e|es|ten|ing)|split(?:s|ting)?|merg(?:e|es|ed|ing)|combin(?:e|es|ed|ing)|mov(?:e|es|ed|ing)|eliminat(?:e|es|ed|ing)|discard(?:s|ed|ing)?|strip(?:s|ped|ping)?|swap(?:s|ped|ping)?|cut|undo|revert|get(?:ting)? rid of|comment(?:ed|ing)? out|instead of)\b/gi;
const OBJECT_END =
  /\b(?:to|into|from|in|with|by|of|inside|at|on|as|using|for|named|called|that|which|where|when|if|so|because|then|but)\b|[.;:!?\n]/i;
const PRONOUN = /^(?:it|this|these|that|those|them|both|everything)$/i;
/** What a definition is called whose name isn't said. */
const NOUN =
  /^(?:functions?|methods?|class(?:es)?|types?|interfaces?|structs?|enums?|traits?|helpers?|wrappers?|definitions?|code)$/i;
const ANOTHER_NAME =
  /\b(?:better|other|another|clearer|shorter|new|different|good|proper)\s+names?\b|\bcall (?:it|this)\b/i;
const ANOTHER_KIND =
  /\bmake (?:it|this) an? (?:\w+ )?(?:class|struct|method|lambda|constant|enum|type|interface|property)\b/i;
const THE_REST = /\bkeep (?:only|just)\b|\bonly keep\b|\bleave only\b|只保留|仅保留|只留/i;

const CHINESE_VERB =
  /删|移除|去掉|去除|重命名|改名|改为|改成|内联|替换|转换|改写|变成|拆分|合并|移动|移到|注释掉/;
const CHINESE_NOUN = /函数|方法|类|类型|接口|结构体|枚举|定义|代码|它|这|全部|一切/;
/** What a sentence has besides what is changed: `重命名为 average`. */
const CHINESE_REST = /[为成到].*$|[请掉一下吧。！\s]/gs;

/** By the instruction's words; where these leave it open, the definition counts as meant. */
export function mayRemove(name: string, instruction: string): boolean {
  if (ANOTHER_NAME.test(instruction) || ANOTHER_KIND.test(instruction)) return true;
  if (THE_REST.test(instruction)) return !wordsIn(instruction).includes(name);
  if (CHINESE_VERB.test(instruction))
    return (
      wordsIn(instruction.replaceAll(/\p{Script=Han}+/gu, ' ')).includes(name) ||
      CHINESE_NOUN.test(instruction) ||
      // Nothing but the verb: what is selected is meant.
      instruction.replace(CHINESE_VERB, '').replaceAll(CHINESE_REST, '') === ''
    );
  return objectsIn(instruction).some((object) => isMeant(name, object));
}

/** The words after each verb, up to those that say whereto or how. */
function objectsIn(instruction: string): readonly string[] {
  return [...instruction.matchAll(VERB)].map(({ 0: verb, index }) => {
    const rest = instruction.slice(index + verb.length);
    return rest.slice(0, OBJECT_END.exec(rest)?.index);
  });
}

function isMeant(name: string, object: string): boolean {
  // `split into two`, `inline`.
  if (object.trim() === '' || wordsIn(object).includes(name)) return true;
  return object.split(/,|\b(?:and|or)\b/).some((part) => {
    const words = wordsIn(part);
    const last = words.at(-1) ?? '';
    return NOUN.test(last) || (words.length === 1 && PRONOUN.test(last));
  });
}

function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
}
