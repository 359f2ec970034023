/**
 * Errors that the engine reports. The engine sends a code and data, never a sentence: the extension, the
 * command line and the web page make the sentence, in the user's language.
 */

import type { EditObjection } from './editVerdict.js';

/** JSON-RPC error codes of the engine, outside the ranges that JSON-RPC (-32768…-32000) and LSP reserve. */
export const EngineErrorCode = {
  /** No model is set or installed for the role. */
  noModel: 4001,
  /** A model file can't be used; {@link EngineErrorData} says why. */
  modelUnusable: 4002,
  /** A download ended without the file. */
  downloadFailed: 4003,
  /** The prompt doesn't fit into the context. */
  promptTooLong: 4004,
  /** The edit can't be made (nothing at the place, or the document has changed). */
  editImpossible: 4005,
  /** llama.cpp failed while it evaluated. */
  evaluationFailed: 4006,
  /** llama.cpp can't use the grammar or schema that the text was to keep to. */
  badGrammar: 4007,
  /** The HTTP server can't listen at the address. */
  listenFailed: 4008,
  /** llama.cpp can't be loaded. */
  engineUnusable: 4010,
  /** There is no diff to write a commit message for. */
  noDiff: 4009,
  /** The server of a remote model has no answer. */
  remoteFailed: 4012,
} as const;

export type EngineErrorCode = (typeof EngineErrorCode)[keyof typeof EngineErrorCode];

export type ModelRole = 'completion' | 'chat';

/**
 * Why llama.cpp can't be loaded. `glibc`: the system's C library is too old. `musl`: it is another one (Alpine).
 * `noexec`: programs may not be run from that disk. `architecture`: the files are for another processor. `blocked`: a
 * policy of the system forbids it. `runtime`: Microsoft's C++ runtime is missing. `library`: another library is.
 * `missing`: the files aren't there.
 */
export type EngineUnusableReason =
  | 'glibc'
  | 'musl'
  | 'noexec'
  | 'architecture'
  | 'blocked'
  | 'runtime'
  | 'library'
  | 'openFiles'
  | 'missing'
  | 'other';

/** One attempt to get a file, in the order they were made. */
export interface DownloadAttempt {
  /** Source's name, as in the setting `youtu.model.sources`: `huggingface`, `hf-mirror`, `pypi` … */
  readonly source: string;
  /** What was asked: a URL, or package names. */
  readonly target: string;
  readonly reason:
    | 'unreachable'
    | 'timeout'
    | 'notFound'
    | 'forbidden'
    | 'serverError'
    | 'interrupted'
    | 'wrongHash'
    | 'wrongSize'
    /** Its certificate isn't trusted: often a company's proxy signs with its own. */
    | 'certificate'
    /** Too many requests; it asks to wait for longer than is waited here. */
    | 'rateLimited'
    | 'noPip'
    | 'noSource';
  /** What the system or server said, for the log. */
  readonly detail: string;
}

/** What came of a request to a remote model's server. */
export type RemoteFailureReason =
  /** No URL is set. */
  | 'notSet'
  /** Not http or https, or with a key, a query or a fragment in it. */
  | 'badUrl'
  | 'unreachable'
  | 'timeout'
  | 'certificate'
  /** 401 or 403. */
  | 'unauthorized'
  /** It has no such path: not a server of models. */
  | 'notFound'
  | 'modelMissing'
  | 'otherModel'
  /** 429. */
  | 'busy'
  | 'serverError'
  /** Another 4xx. */
  | 'refused'
  /** Not followed: the key and the code are for one host only. */
  | 'redirected'
  /** A web page, broken JSON or UTF-8. */
  | 'notUnderstood'
  /** The stream ended in the middle. */
  | 'interrupted';

export type EngineErrorData =
  | { readonly kind: 'noModel'; readonly role: ModelRole }
  /** The setting names neither a catalogue id nor a file. */
  | { readonly kind: 'unknownModel'; readonly name: string }
  | { readonly kind: 'modelNotInstalled'; readonly id: string }
  | { readonly kind: 'modelMissing'; readonly path: string }
  /** `code` is the system's: EACCES, EISDIR … */
  | { readonly kind: 'modelUnreadable'; readonly path: string; readonly code: string }
  | {
      readonly kind: 'notGguf';
      readonly path: string;
      /** What the file is, where its first bytes say so. */
      readonly found?:
        | 'empty'
        /** Git LFS or git-annex: the text that says where the file can be had. */
        | 'pointer'
        | 'webPage'
        /** JSON or XML: what a server says instead of sending the file. */
        | 'message'
        /** zip, gzip … */
        | 'archive'
        | 'safetensors'
        | 'pytorch'
        /** The formats before GGUF. */
        | 'ggml'
        /** ONNX, HDF5, TensorFlow Lite. */
        | 'otherModel'
        /** Disk space that was reserved for a download. */
        | 'zeros';
    }
  /** A GGUF, but for other machines or of another age. */
  | {
      readonly kind: 'unsupportedGguf';
      readonly path: string;
      readonly reason: 'bigEndian' | 'oldVersion' | 'newVersion';
      readonly version: number;
    }
  /** A part of a split model that isn't the first one. */
  | {
      readonly kind: 'laterPart';
      readonly path: string;
      /** From 1. */
      readonly number: number;
      readonly count: number;
      /** Path of the first part, where the file's name tells it. */
      readonly first?: string;
    }
  /** Other parts of the split model aren't beside its first one. */
  | {
      readonly kind: 'partMissing';
      readonly path: string;
      readonly count: number;
      readonly missing: readonly string[];
    }
  /** The first part of a split model must be called `name`, or llama.cpp doesn't find the others. */
  | { readonly kind: 'partRenamed'; readonly path: string; readonly count: number; readonly name: string }
  /** The header asks for more bytes than the file has. */
  | {
      readonly kind: 'truncated';
      readonly path: string;
      readonly expectedBytes: number;
      readonly actualBytes: number;
    }
  | { readonly kind: 'damaged'; readonly path: string; readonly detail: string }
  /** It became another file while it was loaded. */
  | { readonly kind: 'modelChanged'; readonly path: string }
  | { readonly kind: 'unknownArchitecture'; readonly path: string; readonly architecture: string }
  | {
      readonly kind: 'notEnoughMemory';
      readonly path: string;
      readonly neededBytes: number;
      readonly availableBytes: number;
    }
  | { readonly kind: 'loadFailed'; readonly path: string; readonly detail: string }
  | { readonly kind: 'downloadFailed'; readonly id: string; readonly attempts: readonly DownloadAttempt[] }
  | {
      readonly kind: 'noDiskSpace';
      readonly folder: string;
      readonly neededBytes: number;
      readonly freeBytes: number;
    }
  | { readonly kind: 'folderNotWritable'; readonly folder: string; readonly code: string }
  | {
      readonly kind: 'licenceNotAccepted';
      readonly id: string;
      readonly licence: string;
      readonly licenceUrl: string;
    }
  /** `hf:…` or `modelscope:…`, but not as such names are written. */
  | { readonly kind: 'badHubName'; readonly name: string }
  | {
      readonly kind: 'hubNotFound';
      readonly name: string;
      /** A repository that is private is `repository` too: hubs don't tell them apart without a token. */
      readonly what: 'repository' | 'revision' | 'file';
      /** Names that could be meant instead, in full; may be empty. */
      readonly near: readonly string[];
    }
  /** Several models of the repository fit; each choice is a name in full. */
  | { readonly kind: 'hubAmbiguous'; readonly name: string; readonly choices: readonly string[] }
  /** The repository is private, or its licence must be agreed to on the hub first. */
  | {
      readonly kind: 'hubAccess';
      readonly name: string;
      readonly reason: 'needsToken' | 'tokenRefused';
      /** Where access is asked for. */
      readonly pageUrl: string;
    }
  /** The hub couldn't be asked what a repository has; for the reasons see {@link DownloadAttempt}. */
  | { readonly kind: 'hubUnreachable'; readonly name: string; readonly attempts: readonly DownloadAttempt[] }
  /** Another process is fetching the same file. */
  | { readonly kind: 'downloadRunning'; readonly id: string }
  | { readonly kind: 'promptTooLong'; readonly promptTokens: number; readonly contextTokens: number }
  | {
      readonly kind: 'editImpossible';
      /**
       * `documentChanged`: before the edit could begin. `noComments`: the language has no comments, or none that are
       * known. `noFix`: each candidate was rejected. `noInstruction`: the instruction is blank. `noName`: there is none at the place. `noNames`:
       * the model has no other one that could be used. `allDocumented`: no
       * symbol is without a comment. `noTestable`: no function or class that a test could call. `notReachable`: a
       * test can't import it. `noTestFramework`: no manifest names one that is known.
       * `testFileOutside`: links lead from the place of the tests out of the project. `testFileUnreadable`: the test file is there, but can't
       * be read, or is excluded.
       */
      readonly reason:
        | 'noDocument'
        | 'documentChanged'
        | 'emptyRegion'
        | 'regionTooLong'
        | 'noSymbol'
        | 'noComments'
        | 'allDocumented'
        | 'noTestable'
        | 'notReachable'
        | 'noTestFramework'
        | 'testFileOutside'
        | 'testFileUnreadable'
        | 'noChange'
        | 'noInstruction'
        | 'instructionTooLong'
        | 'noName'
        | 'noNames'
        | 'noFix';
      /** With `noFix`: what the checks had against the last candidate. */
      readonly objection?: EditObjection;
    }
  /** llama.cpp itself can't be loaded, whatever the model. */
  | { readonly kind: 'engineUnusable'; readonly reason: EngineUnusableReason; readonly detail: string }
  | { readonly kind: 'evaluationFailed'; readonly detail: string }
  | { readonly kind: 'badGrammar'; readonly detail: string }
  | {
      readonly kind: 'remoteFailed';
      /** Host and port. */
      readonly host: string;
      readonly reason: RemoteFailureReason;
      /** What the server or the system said; for `modelMissing` and `redirected` names and the place. */
      readonly detail: string;
    }
  | { readonly kind: 'noDiff'; readonly reason: 'empty' | 'notADiff' }
  /** `code` is the system's (EADDRINUSE, EACCES …), or `needsKey`: other hosts than this one only with an API key. */
  | { readonly kind: 'listenFailed'; readonly host: string; readonly port: number; readonly code: string };

/** What travels in `ResponseError.code`/`.data`; thrown as it is inside the engine. */
export class EngineError extends Error {
  constructor(
    readonly code: EngineErrorCode,
    readonly data: EngineErrorData,
  ) {
    super(data.kind);
    this.name = 'EngineError';
  }
}

/** Recognises error data that came over the wire. */
export function isEngineErrorData(value: unknown): value is EngineErrorData {
  return (
    typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string'
  );
}
