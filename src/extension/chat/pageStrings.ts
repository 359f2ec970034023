import { l10n } from 'vscode';
import type { ChatStrings } from '../../protocol/chatStrings.js';

/** The page's strings in VS Code's display language. */
export function pageStrings(): ChatStrings {
  return {
    conversation: l10n.t('Chat'),
    you: l10n.t('You'),
    assistant: 'Youtu',
    inputLabel: l10n.t('Your question'),
    inputPlaceholder: l10n.t('Ask about code'),
    send: l10n.t('Send'),
    stop: l10n.t('Stop'),
    retry: l10n.t('Try Again'),
    copy: l10n.t('Copy'),
    copied: l10n.t('Copied'),
    insert: l10n.t('Insert at Cursor'),
    newFile: l10n.t('Open in New File'),
    jumpToEnd: l10n.t('Jump to the End'),
    removeAttachment: l10n.t('Remove {0}'),
    showCode: l10n.t('Show Code'),
    hiddenCharacters: l10n.t('Invisible characters in this text: {0}'),
    thinking: l10n.t('Thinking…'),
    thoughts: l10n.t('Thoughts'),
    waiting: l10n.t('Waiting for the model…'),
    reading: l10n.t('Reading… {0}%'),
    answerReady: l10n.t('The answer is ready.'),
    answerStopped: l10n.t('Stopped.'),
    answerInterrupted: l10n.t('This answer was interrupted.'),
    answerCutShort: l10n.t('The answer ends here because the model’s context is full.'),
    messagesDropped: l10n.t('Earlier messages that no longer fit into the model’s context: {0}'),
    tokensPerSecond: l10n.t('{0} tokens/s'),
    welcomeTitle: l10n.t('Ask about code'),
    welcomeText: l10n.t('The model runs on this machine. Nothing you write leaves it.'),
    examples: [
      l10n.t('How do I undo my last Git commit?'),
      l10n.t('Write a Python function that removes duplicates from a list.'),
      l10n.t('What is the difference between a process and a thread?'),
    ],
    noModelTitle: l10n.t('No model yet'),
    noModelText: l10n.t(
      'Youtu Code needs a model on this machine. Download the one that suits it best, or choose another.',
    ),
    downloadModel: l10n.t('Download Model'),
    chooseModel: l10n.t('Choose Model'),
    stoppedTitle: l10n.t('The engine has stopped'),
    stoppedText: l10n.t('It stopped several times in a row. See the log for the cause.'),
    failedTitle: l10n.t('The model can’t be used'),
    restartEngine: l10n.t('Restart Engine'),
    showLog: l10n.t('Show Log'),
  };
}
