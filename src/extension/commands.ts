/** All commands of package.json, in its order; a test compares the two. */
export const COMMAND_IDS = [
  'youtu.fix',
  'youtu.fixAll',
  'youtu.explain',
  'youtu.document',
  'youtu.documentAll',
  'youtu.writeTests',
  'youtu.edit',
  'youtu.edit.refine',
  'youtu.explainTerminalError',
  'youtu.fixTerminalError',
  'youtu.edit.accept',
  'youtu.edit.reject',
  'youtu.rename',
  'youtu.commitMessage',
  'youtu.edit.acceptHunk',
  'youtu.edit.rejectHunk',
  'youtu.chat.new',
  'youtu.chat.clear',
  'youtu.chat.history',
  'youtu.chat.stop',
  'youtu.chat.attachSelection',
  'youtu.completion.toggle',
  'youtu.completion.why',
  'youtu.model.select',
  'youtu.model.download',
  'youtu.model.remove',
  'youtu.model.try',
  'youtu.model.setToken',
  'youtu.remote.setKey',
  'youtu.remote.clearKey',
  'youtu.engine.restart',
  'youtu.engine.showLog',
  'youtu.engine.status',
  'youtu.server.start',
  'youtu.server.stop',
  'youtu.benchmark',
  'youtu.commandLine.install',
  'youtu.commandLine.uninstall',
] as const;

export type CommandId = (typeof COMMAND_IDS)[number];

/** @param argument what a menu or another command passes; to be checked */
export type CommandHandler = (argument: unknown) => unknown;

/** One handler for each command: a missing or misspelled id doesn't compile. */
export type CommandHandlers = Readonly<Record<CommandId, CommandHandler>>;

/** The handlers of a feature's own commands. */
export type FeatureCommands<Id extends CommandId> = Pick<CommandHandlers, Id>;
