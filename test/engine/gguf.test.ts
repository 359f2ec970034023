import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { EngineError, type EngineErrorData } from '../../src/protocol/errors.js';
import {
  DAMAGED_FILES,
  hugeModel,
  notANumberModel,
  validModel,
  UNUSABLE_MODELS,
} from '../fixtures/gguf/damagedModels.js';
import { writeGguf } from '../../src/engine/model/gguf/ggufWriter.js';
import { FIXTURES_FOLDER, makeFile, makeGguf } from '../fixtures/gguf/make.js';
import { answer, TestLlama } from './support/tinyLlama.js';

type Kind = EngineErrorData['kind'];

/** The error kind for each damage; where two would be right, the more specific one. */
const KINDS: Record<keyof typeof DAMAGED_FILES | keyof typeof UNUSABLE_MODELS, Kind> = {
  empty: 'notGguf',
  text: 'notGguf',
  webPage: 'notGguf',
  zip: 'notGguf',
  zeros: 'notGguf',
  gitLfsPointer: 'notGguf',
  cutInSignature: 'notGguf',
  cutInCounts: 'truncated',
  cutInMetadata: 'truncated',
  cutInTensorInfos: 'truncated',
  cutBeforeTensorData: 'truncated',
  cutInTensorData: 'truncated',
  cutLastByte: 'truncated',
  wrongVersion: 'unsupportedGguf',
  bigEndian: 'unsupportedGguf',
  absurdTensorCount: 'damaged',
  absurdKeyCount: 'damaged',
  negativeTensorCount: 'damaged',
  keyBeyondFile: 'damaged',
  absurdKeyLength: 'damaged',
  unknownValueType: 'damaged',
  tensorBeyondFile: 'truncated',
  tensorFarBeyondFile: 'damaged',
  unalignedTensor: 'damaged',
  overlappingTensors: 'damaged',
  unknownTensorType: 'loadFailed',
  absurdShape: 'damaged',
  emptyShape: 'damaged',
  unknownArchitecture: 'unknownArchitecture',
  noArchitecture: 'damaged',
  noMetadata: 'damaged',
  noTensors: 'loadFailed',
  missingTensor: 'loadFailed',
  wrongShape: 'loadFailed',
  transposed: 'loadFailed',
  missingTokenizer: 'loadFailed',
  missingHyperparameter: 'loadFailed',
  textAsNumber: 'loadFailed',
  noLayers: 'damaged',
  absurdLayers: 'damaged',
  noHeads: 'damaged',
  noKeyHeads: 'damaged',
  headsDoNotFit: 'loadFailed',
  noWidth: 'loadFailed',
  noContext: 'damaged',
  noVocabulary: 'damaged',
  shortVocabulary: 'loadFailed',
  repeatedTokens: 'loadFailed',
  tokensAsNumbers: 'loadFailed',
  fewTokenTypes: 'loadFailed',
  unknownTokenizer: 'loadFailed',
  unknownPreTokenizer: 'loadFailed',
};

describe('a GGUF that can’t be used', () => {
  const llama = new TestLlama();

  /** Why a file isn't loaded. */
  async function loadError(path: string): Promise<EngineErrorData> {
    const model = await llama.load(path).catch((error: unknown) => {
      if (error instanceof EngineError) return error.data;
      throw error;
    });
    if ('kind' in model) return model;
    await model.dispose();
    assert.fail('the model was loaded');
  }

  for (const [name, make] of Object.entries(DAMAGED_FILES)) {
    const kind = KINDS[name as keyof typeof DAMAGED_FILES];
    it(`is reported as ${kind} when the file is ${inWords(name)}`, async () => {
      const data = await loadError(await makeFile(`damaged-${name}`, make()));
      assert.equal(data.kind, kind, JSON.stringify(data));
    });
  }

  for (const [name, make] of Object.entries(UNUSABLE_MODELS)) {
    const kind = KINDS[name as keyof typeof UNUSABLE_MODELS];
    it(`is reported as ${kind} when the model has ${inWords(name)}`, async () => {
      const data = await loadError(await makeGguf(`unusable-${name}`, make()));
      assert.equal(data.kind, kind, JSON.stringify(data));
    });
  }

  it('is reported as damaged when weights are NaN', async () => {
    const data = await loadError(await makeGguf('unusable-nan', notANumberModel()));
    assert.equal(data.kind, 'damaged', JSON.stringify(data));
  });

  it('is reported with the required and available memory when it doesn’t fit', async () => {
    await mkdir(FIXTURES_FOLDER, { recursive: true });
    const folder = await mkdtemp(join(FIXTURES_FOLDER, 'huge-'));
    try {
      const path = join(folder, 'huge.gguf');
      const { fileBytes } = await writeGguf(path, hugeModel(2 * totalmem()));
      assert.ok((await stat(path)).blocks * 512 < 2 ** 20, 'the file takes no disk');
      const data = await loadError(path);
      assert.ok(data.kind === 'notEnoughMemory', JSON.stringify(data));
      assert.ok(data.neededBytes >= fileBytes);
      assert.ok(data.availableBytes > 0 && data.availableBytes < 2 * freemem());
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is reported as missing when the file doesn’t exist', async () => {
    assert.equal((await loadError(join(FIXTURES_FOLDER, 'nowhere.gguf'))).kind, 'modelMissing');
  });

  it('is reported as unreadable when it is a folder', async () => {
    await mkdir(FIXTURES_FOLDER, { recursive: true });
    assert.equal((await loadError(FIXTURES_FOLDER)).kind, 'modelUnreadable');
  });

  it('doesn’t prevent loading a valid one', async () => {
    const model = await llama.load(await makeGguf('valid', validModel()));
    assert.equal(await answer(model, 'def f('), 'x)');
    await model.dispose();
  });
});

function inWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
