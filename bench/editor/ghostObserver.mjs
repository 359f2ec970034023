/* global document, window, MutationObserver -- part of this runs in the page */
/**
 * Runs in the page: records the ghost text of the active editor with the time of each change and of each key.
 * VS Code renders the first line of ghost text as spans inside the line, and further lines in a view zone below.
 */
export function observeGhostText() {
  const INLINE = '.ghost-text-decoration, .ghost-text-decoration-preview';
  const recorded = { keyAt: 0, log: [] };
  const root = () => document.querySelector('.editor-group-container.active .monaco-editor');
  const withoutNbsp = (text) => text.replaceAll('\u00a0', ' ');

  const read = () => {
    const editor = root();
    if (editor === null) return '';
    const span = editor.querySelector(`.view-lines .view-line :is(${INLINE})`);
    const zone = [...editor.querySelectorAll('.view-zones .suggest-preview-text .view-line')];
    if (span === null && zone.length === 0) return '';
    const line = span?.closest('.view-line');
    const parts = [...(line?.querySelectorAll('span > span') ?? [])].map((part) => ({
      text: withoutNbsp(part.textContent),
      isGhost: part.matches(INLINE),
      isHidden: part.matches('.ghost-text-hidden'),
    }));
    return JSON.stringify({ parts, zone: zone.map((each) => withoutNbsp(each.textContent)) });
  };
  const record = () => {
    const reading = read();
    if (reading !== (recorded.log.at(-1)?.reading ?? ''))
      recorded.log.push({ at: performance.now(), reading });
  };
  new MutationObserver(record).observe(document.body, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  document.addEventListener('keydown', () => (recorded.keyAt = performance.now()), true);

  /** Returns the log since the last call, the time of the last key, and whether the suggestion list is open. */
  window.takeGhostText = () => {
    record();
    const { keyAt, log } = recorded;
    recorded.log = log.slice(-1);
    const isListOpen = root()?.querySelector('.suggest-widget.visible') != null;
    return { keyAt, log, isListOpen };
  };
}

/**
 * The ghost text of a reading: the text from the cursor to the end of the grey text, as it would be if accepted.
 * @param {string} reading
 * @param {number} column of the cursor
 */
export function ghostTextOf(reading, column) {
  if (reading === '') return '';
  const { parts, zone } = JSON.parse(reading);
  let realColumn = 0;
  let text = '';
  let shown = '';
  for (const part of parts) {
    if (part.isGhost) shown = text += part.text;
    else {
      const rest = part.text.slice(Math.max(0, column - realColumn));
      realColumn += part.text.length;
      if (!part.isHidden) text += rest;
    }
  }
  return zone.length === 0 ? shown : [shown, ...zone].join('\n');
}
