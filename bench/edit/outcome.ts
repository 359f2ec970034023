import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import type { Instruction } from './instruction.js';

const MAX_RUN_MS = 20_000;

/** Runs the result in a folder of its own, without the environment. @returns why it is wrong; `undefined` if it is right */
export async function faultOf(
  { languageId, program, holds }: Instruction,
  text: string,
): Promise<string | undefined> {
  if (holds && !holds(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true))) return 'the tree';
  const folder = await mkdtemp(join(tmpdir(), 'youtu-bench-edit-'));
  try {
    if (languageId === 'python') {
      const file = join(folder, 'a.py');
      await writeFile(file, `${text}\n# --- check ---\n${program}\n`);
      return await run('python3', ['-I', file], folder);
    }
    const file = join(folder, 'a.js');
    const source = `const SOURCE = ${JSON.stringify(text)};\n`;
    await writeFile(file, source + ts.transpile(`${text}\n;${program}`, { target: ts.ScriptTarget.ES2022 }));
    return await run(
      process.execPath,
      ['--experimental-permission', `--allow-fs-read=${file}`, file],
      folder,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function run(program: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  const options = { cwd, timeout: MAX_RUN_MS, env: { PATH: process.env['PATH'] } };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, _stdout, stderr) => {
      const lines = stderr.split('\n').map((line) => line.trim());
      const fault = lines.findLast((line) => /\w*Error\b|assert/.test(line)) ?? 'it fails';
      resolve(error === null ? undefined : fault);
    });
  });
}
