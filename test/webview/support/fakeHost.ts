/** A fake of VS Code's webview API. Runs inside the page, before the page's script. */
export function installFakeHost(state: unknown): void {
  const sent: unknown[] = [];
  let kept = state;
  Object.assign(window, {
    sentMessages: sent,
    keptState: () => kept,
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => void sent.push(structuredClone(message)),
      getState: () => kept,
      setState: (value: unknown) => {
        kept = structuredClone(value);
      },
    }),
  });
}
