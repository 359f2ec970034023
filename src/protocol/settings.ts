import { NotificationType } from 'vscode-jsonrpc';

/**
 * What the engine needs to know of the user's settings. Sent as `initializationOptions`, and again by
 * {@link SettingsNotification} when something changes. Every field may be left out.
 */
export interface EngineSettings {
  /** Catalogue id, path of a GGUF, `auto` (the best that is installed), or `remote` (on a server). */
  readonly chatModel: string;
  readonly completionModel: string;
  /** Where the model `remote` is: URL of a server, with or without `/v1`. */
  readonly remoteUrl: string;
  /** The name of its model; empty for the first that it lists. */
  readonly remoteModel: string;
  /** Tokens of a context; 0 leaves it to the engine. */
  readonly contextSize: number;
  /** Folder of the models; empty for the per-user one. */
  readonly modelsFolder: string;
  /** Order of download sources: names from the catalogue, or base URLs of a hub's mirror. */
  readonly sources: readonly string[];
  readonly gpu: 'auto' | 'cuda' | 'vulkan' | 'metal' | 'off';
  /** 0 = chosen by the engine. */
  readonly threads: number;
  /** Minutes without use after which models are unloaded; 0: never. */
  readonly unloadAfter: number;
  /**
   * Globs of files that get no completions and whose text isn't shown in other files' prompts; the last one that matches
   * decides, and one that begins with `!` takes a file in again.
   */
  readonly completionExclude: readonly string[];
  /** By a folder's URI: globs for the files in it, in place of the others. */
  readonly completionExcludeByFolder: Readonly<Record<string, readonly string[]>>;
  /** Most lines of one ghost text. */
  readonly completionMaxLines: number;
  /**
   * Milliseconds after which ghost text shall be there: the size of the prompt follows it, and an answer that is not
   * whole by then is shown in part.
   */
  readonly completionLatencyGoal: number;
  /** Whether the client asks again when told that an answer has grown; otherwise it gets whole answers only. */
  readonly supportsPartialResults: boolean;
  /** File of the editor's own TypeScript library, with which edits are checked; empty when it has none. */
  readonly typescriptLibrary: string;
  readonly chatThinking: 'auto' | 'on' | 'off';
  readonly chatSystemPrompt: string;
  /** Negative = the model's own. */
  readonly chatTemperature: number;
}

export const DEFAULT_SETTINGS: EngineSettings = {
  chatModel: 'auto',
  completionModel: 'auto',
  remoteUrl: '',
  remoteModel: '',
  contextSize: 0,
  modelsFolder: '',
  sources: [],
  gpu: 'auto',
  threads: 0,
  unloadAfter: 30,
  completionExclude: [],
  completionExcludeByFolder: {},
  completionMaxLines: 12,
  completionLatencyGoal: 400,
  supportsPartialResults: false,
  typescriptLibrary: '',
  chatThinking: 'auto',
  chatSystemPrompt: '',
  chatTemperature: -1,
};

/** The key of the remote model's server, apart from the settings, which are shown and logged; empty for none. */
export const RemoteKeyNotification = new NotificationType<{ readonly key: string }>('youtu/remote/key');

export const SettingsNotification = new NotificationType<Partial<EngineSettings>>('youtu/settings');
