import assert from 'node:assert/strict';
import { ChatDraft } from '../../../src/chatCore/chatDraft.js';
import { ChatSession } from '../../../src/chatCore/chatSession.js';
import { PageRequests, type EditorActions, type PageHost } from '../../../src/chatCore/pageRequests.js';
import type { ChatStrings } from '../../../src/protocol/chatStrings.js';
import type { ChatViewMessage } from '../../../src/protocol/chatView.js';

interface Step {
  readonly title: string;
}

const ATTACHMENT = {
  id: 'x',
  label: 'a.ts:1',
  languageId: 'typescript',
  code: 'let a;',
  place: { uri: 'file:///a.ts', startLine: 0, endLine: 0 },
};

describe('PageRequests', () => {
  let shown: ChatViewMessage[];
  let done: string[];
  let session: ChatSession<Step>;
  let kept: unknown;
  const editor: EditorActions = {
    runCommand: (command) => void done.push(`run ${command}`),
    insert: (text) => void done.push(`insert ${text}`),
    openInNewFile: (text, language) => void done.push(`new ${language} file ${text}`),
    openPlace: ({ uri }) => void done.push(`open ${uri}`),
  };
  const requests = (more: Partial<PageHost<Step>> = { editor }): PageRequests<Step> => {
    const show = (message: ChatViewMessage): number => shown.push(message);
    session = new ChatSession<Step>({
      answers: {
        answer: () =>
          Promise.resolve({ kind: 'failed', failure: { message: 'No.', actions: [{ title: 'Fix it' }] } }),
      },
      save: () => undefined,
      show,
    });
    const storage = {
      read: () => kept,
      write: async (value: unknown) => Promise.resolve(void (kept = value)),
    };
    return new PageRequests(session, new ChatDraft(storage), {
      strings: () => ({ you: 'You' }) as ChatStrings,
      status: () => ({ kind: 'ready' }),
      show,
      runAction: ({ title }) => void done.push(title),
      copy: (text) => void done.push(`copy ${text}`),
      openLink: (href) => void done.push(`link ${href}`),
      ...more,
    });
  };
  beforeEach(() => {
    [shown, done] = [[], []];
    kept = undefined;
  });

  it('send everything to a page that is ready', async () => {
    await requests().handle({ kind: 'ready' });
    assert.deepEqual(shown, [
      {
        kind: 'init',
        strings: { you: 'You' },
        turns: [],
        status: { kind: 'ready' },
        attachments: [],
        draft: { text: '', revision: 0 },
      },
    ]);
  });

  it('send the attached code, and let the page clear its input', async () => {
    const page = requests();
    await page.attach(ATTACHMENT);
    await page.handle({ kind: 'draft', draft: { text: 'How?', revision: 3 } });
    await page.handle({ kind: 'send', request: 'r', text: 'How?' });
    assert.deepEqual(
      shown.map(({ kind }) => kind),
      ['attachments', 'turn', 'turn', 'accepted', 'turn', 'attachments'],
    );
    const [question] = session.conversation.turns;
    assert.deepEqual(question?.role === 'user' && question.attachments, [ATTACHMENT]);
    assert.deepEqual(kept, { draft: { text: '', revision: 4 }, attachments: [] });
  });

  it('send nothing without text and code', async () => {
    await requests().handle({ kind: 'send', request: 'r', text: ' \n' });
    assert.deepEqual(shown, []);
  });

  it('keep the draft across windows, and ignore a damaged one', async () => {
    await requests().handle({ kind: 'draft', draft: { text: 'half', revision: 1 } });
    await requests().handle({ kind: 'ready' });
    kept = { draft: 'half' };
    await requests().handle({ kind: 'ready' });
    const drafts = shown.map((message) => message.kind === 'init' && message.draft.text);
    assert.deepEqual(drafts, ['half', '']);
  });

  it('run the actions of a failed answer, and nothing else', async () => {
    const page = requests();
    await page.handle({ kind: 'send', request: 'r', text: 'How?' });
    const turn = session.conversation.turns.at(-1)?.id ?? '';
    await page.handle({ kind: 'runAction', turn, action: 0 });
    await page.handle({ kind: 'runAction', turn, action: 1 });
    assert.deepEqual(done, ['Fix it']);
  });

  it('pass editor actions to the editor', async () => {
    const page = requests();
    await page.attach(ATTACHMENT);
    await page.handle({ kind: 'openPlace', attachment: 'x' });
    await page.handle({ kind: 'openPlace', attachment: 'y' });
    await page.handle({ kind: 'insert', text: 'a' });
    await page.handle({ kind: 'newFile', text: 'a', language: 'ts' });
    await page.handle({ kind: 'command', command: 'showLog' });
    assert.deepEqual(done, ['open file:///a.ts', 'insert a', 'new ts file a', 'run showLog']);
    await page.handle({ kind: 'removeAttachment', attachment: 'x' });
    assert.deepEqual(shown.at(-1), { kind: 'attachments', attachments: [] });
  });

  it('ignore editor actions where there is no editor', async () => {
    const page = requests({});
    await page.handle({ kind: 'insert', text: 'a' });
    await page.handle({ kind: 'command', command: 'showLog' });
    await page.handle({ kind: 'copy', text: 'a' });
    await page.handle({ kind: 'openLink', href: 'https://example.org' });
    assert.deepEqual(done, ['copy a', 'link https://example.org']);
  });
});
