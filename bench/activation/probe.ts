// Runs in the extension host: writes the activation times that VS Code measured to the file named by YOUTU_RESULT.
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { commands, extensions, workspace } from 'vscode';

const ID = 'youtu-code.youtu-code';
const MAX_WAIT_MS = 60_000;

export async function run(): Promise<void> {
  const end = Date.now() + MAX_WAIT_MS;
  while (extensions.getExtension(ID)?.isActive !== true) {
    if (Date.now() > end) throw new Error(`${ID} was not activated`);
    await sleep(200);
  }
  await commands.executeCommand('perfview.show');
  for (;;) {
    const times = workspace.textDocuments
      .map((document) => findActivationTimes(document.getText()))
      .find(Boolean);
    if (times !== undefined) {
      writeFileSync(process.env['YOUTU_RESULT'] ?? '', JSON.stringify(times));
      return;
    }
    if (Date.now() > end) throw new Error("VS Code's startup performance shows no such extension");
    await sleep(200);
  }
}

/** A row of the table "Extension Activation Stats": extension, eager, then milliseconds. */
function findActivationTimes(
  text: string,
): { loadCode: number; callActivate: number; finishActivate: number; event: string } | undefined {
  const row = text.split('\n').find((line) => line.startsWith('|') && line.includes(` ${ID} `));
  const [, , , loadCode, callActivate, finishActivate, event = ''] =
    row?.split('|').map((cell) => cell.trim()) ?? [];
  if (loadCode === undefined) return undefined;
  return {
    loadCode: Number(loadCode),
    callActivate: Number(callActivate),
    finishActivate: Number(finishActivate),
    event,
  };
}
