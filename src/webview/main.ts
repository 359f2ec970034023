/** Entry of the page in VS Code. */
import { vsCodeHost } from './host.js';
import { showChat } from './showChat.js';

showChat(vsCodeHost(), document.body);
