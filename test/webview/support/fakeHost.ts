/** What VS Code gives a webview, for a page that runs without it. Runs inside the page, before its own script. */
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
