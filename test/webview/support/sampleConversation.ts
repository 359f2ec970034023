import type { ChatTurn } from '../../../src/protocol/chatTurn.js';
import { answer, question } from './chatPage.js';

const stats = { model: 'qwen2.5-coder-0.5b', tokensPerSecond: 31.4, droppedMessages: 0 };

const MARKDOWN = `Read the file **once**, then parse it:

\`\`\`python
import json
from pathlib import Path


class Settings:
    """What the user has chosen."""

    def __init__(self, path: str, limit: int = 12) -> None:
        self.values = json.loads(Path(path).read_text())  # may raise ValueError
        self.limit = limit


def names(settings: Settings) -> list[str]:
    return [name for name in settings.values if name != "secret"]
\`\`\`

1. \`Path.read_text\` closes the file by itself.
2. \`json.loads\` raises \`ValueError\` on damaged input, see the [documentation](https://docs.python.org/3/library/json.html).

| Call | Raises |
| :--- | -----: |
| \`read_text\` | \`OSError\` |
| \`loads\` | \`ValueError\` |

> Don't keep secrets in that file.
`;

const CHINESE = `用切片可以反转字符串：

\`\`\`ts
const reversed = [...text].reverse().join('');
\`\`\`

- \`[...text]\` 按**字符**拆分，不会破坏中文或表情符号。
- \`join('')\` 把它们重新连接起来。
`;

/** A conversation with everything that a page can show: attached code, thoughts, Markdown, Chinese, a failure. */
export const SAMPLE: readonly ChatTurn[] = [
  question('q1', 'How do I read this file only once?', [
    {
      id: 'x1',
      label: 'src/settings.py:3-9',
      languageId: 'python',
      code: 'def names(path):\n    return list(json.load(open(path)))',
      place: { uri: 'file:///work/src/settings.py', startLine: 2, endLine: 8 },
    },
  ]),
  answer('a1', {
    text: MARKDOWN,
    thinking: 'They open the file twice. Path.read_text would do.',
    state: 'done',
    stats,
  }),
  question('q2', '怎样反转一个字符串？'),
  answer('a2', { text: CHINESE, state: 'done', stats: { ...stats, droppedMessages: 2 } }),
  question('q3', 'And in <b>Rust</b>?'),
  answer('a3', {
    text: 'Collect the characters in reverse:',
    state: 'interrupted',
    failure: {
      message: 'The engine stopped while it was answering. Try again, or see the log for the cause.',
      actions: ['Restart Engine', 'Show Log'],
    },
  }),
];
