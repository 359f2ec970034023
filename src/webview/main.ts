/** Entry of the page in VS Code. */
import { vsCodeHost } from './host.js';
import { showChat } from './chatApp.js';

showChat(vsCodeHost(), document.body);
