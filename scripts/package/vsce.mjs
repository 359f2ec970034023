import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Failure } from '../tools/command.mjs';
import { ensureNode24 } from '../tools/npmTools.mjs';
import { inRoot } from '../tools/paths.mjs';

/**
 * Runs vsce, which needs a newer Node version than this project.
 * @param {readonly string[]} args
 * @param {string} cwd the extension's folder
 * @returns its stdout
 */
export async function runVsce(args, cwd) {
  const node = await ensureNode24();
  try {
    const run = promisify(execFile)(node, [inRoot('node_modules/@vscode/vsce/vsce'), ...args], {
      cwd,
      env: { ...process.env, NO_COLOR: '1', VSCE_STORE: 'file' },
      maxBuffer: 64 * 1024 * 1024,
    });
    return (await run).stdout;
  } catch (error) {
    throw new Failure(`vsce ${args[0]} failed:\n${String(error.stderr || error.message).trim()}`);
  }
}
