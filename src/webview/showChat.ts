import { ChatApp } from './chatApp.js';
import type { Host } from './host.js';

/** Shows the chat in `parent`. It is empty until its host has told what there is to show. */
export function showChat(host: Host, parent: HTMLElement): void {
  let app: ChatApp | undefined;
  host.onMessage((message) => {
    if (message.kind === 'init') {
      app = new ChatApp(host, message);
      app.mount(parent);
    } else {
      app?.receive(message);
    }
  });
  host.post({ kind: 'ready' });
}
