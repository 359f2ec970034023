/** Entry of the page. It is empty until its host has told what there is to show. */
import { ChatApp } from './chatApp.js';
import { vsCodeHost } from './host.js';

const host = vsCodeHost();
let app: ChatApp | undefined;
host.onMessage((message) => {
  if (message.kind === 'init') {
    app = new ChatApp(host, message);
    app.mount(document.body);
  } else {
    app?.receive(message);
  }
});
host.post({ kind: 'ready' });
