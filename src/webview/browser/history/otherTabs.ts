const CHANNEL = 'youtu.conversations';

/** The same page in other tabs of the browser: each says which conversations it has stored or removed. */
export class OtherTabs {
  private readonly channel = new BroadcastChannel(CHANNEL);

  constructor(onDidChange: (ids: readonly string[]) => void) {
    this.channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (Array.isArray(data)) onDidChange(data.map(String));
    });
  }

  notify(ids: readonly string[]): void {
    this.channel.postMessage(ids);
  }
}
