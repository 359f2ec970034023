// What writes the comments: a model of the catalogue, or difficult texts in its place.
import { ContextQueue } from '../../src/engine/decoding/contextQueue.js';
import { Decoder } from '../../src/engine/decoding/decoder.js';
import { Scheduler } from '../../src/engine/decoding/scheduler.js';
import { LlamaLoader } from '../../src/engine/model/llamaLoader.js';
import { DEFAULT_SETTINGS } from '../../src/protocol/settings.js';
import { ScriptedModel } from '../../test/unit/support/scriptedModel.js';
import { modelPath } from '../machine/modelPath.js';

export interface EditModel {
  readonly queue: ContextQueue;
  readonly decoder: Decoder;
  close(): Promise<void>;
}

/** Texts that have broken comments before, or would if they came into a file as they are. */
const DIFFICULT = [
  ' Adds two numbers.\n * @param a the first\n * @returns the sum\n */\nfunction evil() {}',
  ' Ends early. */ evil(); /* and begins again',
  'Counts "quoted" words and \\d+ or C:\\new paths.\n\nReturns:\n    int: how many',
  'Quotes at the end: """\nevil()\n"""',
  ' A line\n\n\n evil()\n // another',
  ' `code`, ```fences``` and ${templates} #{too}',
  ' <b>not closed\n--> <!-- %> ?> #} =end',
  ' 计算总和。 Emoji 🙂, a tab\tand trailing blanks   ',
  "'''\nevil = 1\n'''",
  ' Ends with a backslash \\',
];

export function difficultModel(): EditModel {
  let count = 0;
  return scriptedModel(() => DIFFICULT[count++ % DIFFICULT.length] ?? '');
}

/** @param answer to each request */
export function scriptedModel(answer: () => string): EditModel {
  const model = new ScriptedModel({ answer, trainedContextTokens: 32_768 });
  const queue = new ContextQueue(model, 'fix', { contextTokens: 32_768, batchTokens: 512 });
  return { queue, decoder: new Decoder(new Scheduler()), close: () => queue.dispose() };
}

export async function openEditModel(id: string): Promise<EditModel> {
  const loader = new LlamaLoader(
    () => DEFAULT_SETTINGS,
    () => undefined,
  );
  const model = await loader.load({ id, path: modelPath(id) }, { onProgress: () => undefined });
  const queue = new ContextQueue(model, 'fix', { contextTokens: 4096, batchTokens: 128 });
  const close = async (): Promise<void> => {
    await queue.dispose();
    await model.dispose();
  };
  return { queue, decoder: new Decoder(new Scheduler()), close };
}
