import assert from 'node:assert/strict';
import { CATALOGUE, type CatalogueModel } from '../../../../src/engine/catalogue/catalogue.js';

const byId = (id: string): CatalogueModel => {
  const model = CATALOGUE.models.find((candidate) => candidate.id === id);
  assert.ok(model, `${id} is in the catalogue`);
  return model;
};

describe('the catalogue', () => {
  it('has the 0.5B coder as its only starter', () => {
    const starters = CATALOGUE.models.filter(({ isStarter }) => isStarter).map(({ id }) => id);
    assert.deepEqual(starters, ['qwen2.5-coder-0.5b']);
  });

  it('requires acceptance only of licences that aren’t free: Qwen Research, Youtu-LLM’s own', () => {
    const asking = CATALOGUE.models.filter(({ licence }) => licence.mustAccept).map(({ id }) => id);
    assert.deepEqual(asking, ['qwen2.5-coder-3b', 'youtu-llm-2b', 'youtu-llm-2b-q8']);
  });

  it('prefers Youtu-LLM for chat and a coder for completion', () => {
    assert.equal(CATALOGUE.preference.chat[0], 'youtu-llm-2b');
    assert.equal(CATALOGUE.preference.completion[0], 'qwen2.5-coder-1.5b');
    for (const role of ['chat', 'completion'] as const)
      assert.deepEqual(
        [...CATALOGUE.preference[role]].sort(),
        CATALOGUE.models
          .filter(({ roles }) => roles.includes(role))
          .map(({ id }) => id)
          .sort(),
      );
  });

  it('offers the larger coders to `auto` after the starter only, and Qwen Research’s last', () => {
    for (const order of Object.values(CATALOGUE.preference)) {
      const starter = order.indexOf('qwen2.5-coder-0.5b');
      assert.ok(order.indexOf('qwen2.5-coder-7b') > starter);
      assert.equal(order.at(-1), 'qwen2.5-coder-3b');
    }
  });

  it('has no size for a model of unknown size', () => {
    assert.equal(byId('youtu-llm-2b').sizeBytes, 0);
    assert.equal(byId('youtu-llm-2b').sha256, undefined);
  });

  for (const model of CATALOGUE.models) {
    describe(model.id, () => {
      it('has a hub to download from', () => {
        assert.match(model.sources.hub?.repository ?? '', /^[\w.-]+\/[\w.-]+$/);
        assert.match(model.sources.hub?.file ?? '', /^[\w.-]+\.gguf$/);
        if (model.sources.modelscope !== undefined)
          assert.ok(
            model.sources.modelscope.startsWith('https://') &&
              model.sources.modelscope.endsWith(model.fileName),
          );
      });

      it('has a file name without a path, and a licence with a link', () => {
        assert.match(model.fileName, /^[\w.-]+\.gguf$/);
        assert.match(model.licence.url, /^https:\/\//);
        assert.notEqual(model.licence.name, '');
      });

      it('has valid roles', () => {
        assert.ok(model.roles.length > 0);
        assert.ok(model.roles.every((role) => ['completion', 'chat'].includes(role)));
      });

      it('tells its context and purpose, and whether its memory was measured', () => {
        assert.ok((model.contextTokens ?? 0) >= 8192);
        assert.match(model.purpose ?? '', /^[A-Z].*\.$/);
        if (model.isMemoryEstimated === true) assert.ok(model.memoryBytes > model.sizeBytes);
        if (model.measured !== undefined) assert.match(model.measured, /^[A-Z].*\d.*\.$/);
      });

      it('has a valid hash, or neither hash nor size', () => {
        if (model.sha256 === undefined) assert.equal(model.sizeBytes, 0);
        else assert.match(model.sha256, /^[0-9a-f]{64}$/);
      });

      it('has wheels whose parts add up to the file', () => {
        const { pypi } = model.sources;
        const sum = (pypi?.parts ?? []).reduce((total, part) => total + part.sizeBytes, 0);
        assert.equal(sum, pypi === undefined ? 0 : model.sizeBytes);
        assert.equal(new Set(pypi?.parts.map((part) => part.package)).size, pypi?.parts.length ?? 0);
      });
    });
  }
});
