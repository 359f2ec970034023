import { chmod, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pathOf } from '../../completion/context/workspace.js';
import { systemCode } from '../../systemCode.js';
import type { CheckerProblem, CheckFile, LanguageChecker } from '../checker.js';
import type { MachineTools } from '../machine/machineTools.js';
import type { LineSpan } from '../../language/lines.js';
import { inPrivateFolder } from '../machine/privateFolder.js';
import { runTool, type ToolOutput, type ToolRun } from '../machine/runTool.js';
import { withToolFix, type ToolFix } from './toolFix.js';

/** How a program of the machine checks a text. One object a program; what they share is here. */
export interface CommandTool {
  readonly name: string;
  readonly languageIds: readonly string[];
  /** Names of the program, the preferred first. */
  programs(file: CheckFile): readonly string[];
  /** @returns `undefined` for a file that it can't check */
  prepare(job: CheckJob): Promise<ToolCall | undefined>;
  /** @returns `undefined` for an output that isn't the tool's */
  read(output: ToolOutput, job: CheckJob): readonly CheckerProblem[] | undefined;
  /** What the output says that could be changed about the errors of some lines, the surest first. */
  readFixes?(output: ToolOutput, lines: LineSpan): readonly ToolFix[];
}

export interface CheckJob {
  /** Its text ends lines as tools count them, and has no byte order mark. */
  readonly file: CheckFile;
  /** Where the file is, or would be; `undefined` for a text that isn't saved, or lies in no file. */
  readonly path: string | undefined;
  /** An empty folder for this check alone. */
  readonly folder: string;
  /** Writes the text into the folder. @returns the copy's path */
  readonly copy: (name: string) => Promise<string>;
}

export interface ToolCall {
  readonly args: readonly string[];
  readonly input?: string;
  /** The private folder if left out. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly maxMs?: number;
}

export function commandChecker(tool: CommandTool, tools: MachineTools): LanguageChecker {
  /** @returns `undefined` when there is no verdict */
  const run = async <T>(
    file: CheckFile,
    signal: AbortSignal,
    read: (output: ToolOutput, job: CheckJob) => T | undefined,
  ): Promise<T | undefined> => {
    const program = await tools.find(tool.programs(file), file.uri);
    if (program === undefined) return undefined;
    try {
      return await inPrivateFolder(async (folder) => {
        const job = jobFor(file, folder);
        const call = await tool.prepare(job);
        if (call === undefined) return undefined;
        const env = { ...(await tools.environment(file.uri, folder)), ...call.env };
        const output = await runTool({ program, folder, signal, ...call, env } satisfies ToolRun);
        return output && read(output, job);
      });
    } catch (error) {
      // A full disk, no file handles left, a folder that has been removed: no verdict, and nothing to report.
      if (systemCode(error) !== undefined) return undefined;
      throw error;
    }
  };
  return {
    name: tool.name,
    languageIds: tool.languageIds,
    needsTrust: true,
    isAvailable: async (file) => {
      const programs = tool.programs(file);
      return programs.length > 0 && (await tools.find(programs, file.uri)) !== undefined;
    },
    check: (file, signal) =>
      run(file, signal, (output, job) =>
        tool.read(output, job)?.map((problem) => withoutFolder(problem, job.folder)),
      ),
    ...(tool.readFixes === undefined
      ? {}
      : {
          fixes: async (file, lines, signal) => {
            const texts = await run(file, signal, (output, job) =>
              // With other columns or lines than the editor's text, the tool's places aren't the editor's.
              job.file.text === file.text
                ? (tool.readFixes?.(output, lines) ?? []).flatMap((fix) => withToolFix(file.text, fix) ?? [])
                : [],
            );
            return texts ?? [];
          },
        }),
  };
}

/** The folder has another name each time, and a message is the same in each. */
function withoutFolder(problem: CheckerProblem, folder: string): CheckerProblem {
  return { ...problem, message: problem.message.replaceAll(folder + sep, '').replaceAll(folder, '') };
}

function jobFor(file: CheckFile, folder: string): CheckJob {
  // Tools don't count a lone carriage return as a line break, editors do.
  const text = file.text.replace(/^\uFEFF/, '').replace(/\r(?!\n)/g, '\n');
  const copy = async (name: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    // For tools that are wrappers and would put the file in order first.
    await chmod(path, 0o400);
    return path;
  };
  return { file: { ...file, text }, path: pathOf(file.uri), folder, copy };
}
