import type { LanguageChecker } from './checker.js';
import { Checkers } from './checkers.js';
import { MachineTools } from './machine/machineTools.js';
import { BUNDLED_SERVICES } from './services/bundledServices.js';
import { commandChecker, type CommandTool } from './tools/commandChecker.js';
import { PYTHON } from './tools/python.js';
import type { Workspace } from '../completion/context/workspace.js';

const COMMAND_TOOLS: readonly CommandTool[] = [PYTHON];

/** All checkers that this program and this machine have. */
export function machineCheckers(workspace: Pick<Workspace, 'folders' | 'rootOf'>): Checkers {
  const tools = new MachineTools(workspace);
  const commands: LanguageChecker[] = COMMAND_TOOLS.map((tool) => commandChecker(tool, tools));
  return new Checkers([...BUNDLED_SERVICES, ...commands]);
}
