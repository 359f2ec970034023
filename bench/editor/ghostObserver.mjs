/* global document, window, MutationObserver -- a part of this runs in the page */
/**
 * Runs in the page: keeps what ghost text the editor at hand shows, with the time of each change and of each key.
 * VS Code draws the first line of ghost text as spans among those of the line's own text, and further lines in a view
 * zone below.
 */
export function observeGhostText() {
  const INLINE = '.ghost-text-decoration, .ghost-text-decoration-preview';
  const seen = { keyAt: 0, log: [] };
  const root = () => document.querySelector('.editor-group-container.active .monaco-editor');
  const plain = (text) => text.replaceAll('\u00a0', ' ');

  const read = () => {
    const editor = root();
    if (editor === null) return '';
    const span = editor.querySelector(`.view-lines .view-line :is(${INLINE})`);
    const zone = [...editor.querySelectorAll('.view-zones .suggest-preview-text .view-line')];
    if (span === null && zone.length === 0) return '';
    const line = span?.closest('.view-line');
    const parts = [...(line?.querySelectorAll('span > span') ?? [])].map((part) => ({
      text: plain(part.textContent),
      isGhost: part.matches(INLINE),
      isHidden: part.matches('.ghost-text-hidden'),
    }));
    return JSON.stringify({ parts, zone: zone.map((each) => plain(each.textContent)) });
  };
  const note = () => {
    const reading = read();
    if (reading !== (seen.log.at(-1)?.reading ?? '')) seen.log.push({ at: performance.now(), reading });
  };
  new MutationObserver(note).observe(document.body, {
    childList: true,
    subtree: true,
    characterData: true,
  });
  document.addEventListener('keydown', () => (seen.keyAt = performance.now()), true);

  /** What is shown now, what was shown since the last look, when the last key came, and if suggestions are listed. */
  window.takeGhostText = () => {
    note();
    const { keyAt, log } = seen;
    seen.log = log.slice(-1);
    const isListOpen = root()?.querySelector('.suggest-widget.visible') != null;
    return { keyAt, log, isListOpen };
  };
}

/**
 * The ghost text of a reading: what stands from the cursor to the end of the grey text, as it would read if it were
 * accepted.
 * @param {string} reading
 * @param {number} column of the cursor
 */
export function ghostTextOf(reading, column) {
  if (reading === '') return '';
  const { parts, zone } = JSON.parse(reading);
  let real = 0;
  let text = '';
  let shown = '';
  for (const part of parts) {
    if (part.isGhost) shown = text += part.text;
    else {
      const rest = part.text.slice(Math.max(0, column - real));
      real += part.text.length;
      if (!part.isHidden) text += rest;
    }
  }
  return zone.length === 0 ? shown : [shown, ...zone].join('\n');
}
