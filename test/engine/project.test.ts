import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EngineProcess } from './support/engineProcess.js';
import { testModel } from './support/testModels.js';

/** Names that no model can guess stand in one file, and are to be used in another. */
describe('ghost text that needs another file', function () {
  this.timeout(120_000);
  let engine: EngineProcess;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'youtu-project-'));
    engine = await EngineProcess.start({ completionModel: await testModel('qwen2.5-coder-0.5b') });
  });
  after(async () => {
    assert.equal(await engine.stop(), 0);
    await rm(folder, { recursive: true });
  });

  async function complete(
    files: Readonly<Record<string, string>>,
    name: string,
    marked: string,
    languageId: string,
  ): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return (await engine.complete(marked, languageId, pathToFileURL(join(folder, name)).href)) ?? '';
  }

  it('knows the fields of a type that is imported, in TypeScript', async () => {
    const text = await complete(
      {
        'package.json': '{}',
        'src/shipment.ts':
          'export interface Shipment {\n  readonly palletTally: number;\n  readonly dockLetter: string;\n}\n',
      },
      'src/label.ts',
      "import type { Shipment } from './shipment.js';\n\n/** The dock and the number of pallets. */\nexport function label(shipment: Shipment): string {\n  return shipment.▮;\n}\n",
      'typescript',
    );
    assert.match(text, /dockLetter|palletTally/);
  });

  it('knows a constant and a signature that are imported, in Python', async () => {
    const text = await complete(
      {
        'pyproject.toml': '',
        'limits.py':
          'MOST_PALLETS_A_DOCK = 12\n\n\ndef clamp_pallets(count, most=MOST_PALLETS_A_DOCK):\n    return min(count, most)\n',
      },
      'dock.py',
      'from limits import MOST_PALLETS_A_DOCK, clamp_pallets\n\n\ndef accept(count):\n    return clamp_▮\n',
      'python',
    );
    assert.match(text, /^pallets\(count/);
  });
});
