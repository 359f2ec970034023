import type { Command } from 'commander';
import type { CommandContext } from '../commandContext.js';
import { addModelAdd } from './modelAdd.js';
import { addModelCheck } from './modelCheck.js';
import { addModelGet } from './modelGet.js';
import { addModelList } from './modelList.js';
import { addModelRemove } from './modelRemove.js';

export function addModel(program: Command, context: CommandContext): void {
  const model = program.command('model').description('manage the models on this machine');
  addModelList(model, context);
  addModelGet(model, context);
  addModelAdd(model, context);
  addModelRemove(model, context);
  addModelCheck(model, context);
}
