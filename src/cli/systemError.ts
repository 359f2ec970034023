/** Sentences about errors of the operating system: what happened to which file, and what to do. */
const SENTENCES: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: notFound,
  EACCES: (path) => `Permission denied: ${path}. Check the permissions of the file and of its folder.`,
  EPERM: (path) => `Permission denied: ${path}. Check the permissions of the file and of its folder.`,
  EROFS: (path) => `${path} is on a read-only file system. Use a file or folder elsewhere.`,
  ENOSPC: (path) => `There isn't enough disk space for ${path}. Free some space and try again.`,
  EDQUOT: (path) => `Your disk quota doesn't allow ${path}. Free some space and try again.`,
  EFBIG: (path) => `${path} would be larger than this shell or its file system allows. Check "ulimit -f".`,
  EISDIR: (path) => `${path} is a folder. Pass the path of a file.`,
  ENOTDIR: (path) => `File not found: ${path}. A part of this path is a file, not a folder.`,
  ELOOP: (path) => `${path} is a symbolic link that leads back to itself. Pass the file that you mean.`,
  ENAMETOOLONG: (path) => `File not found: ${path}. This name is longer than the file system allows.`,
  EBUSY: (path) => `${path} is in use by another program. Close that program and try again.`,
  ETXTBSY: (path) => `${path} is a program that is running. End it and try again.`,
  EIO: (path) => `${path} couldn't be read or written (EIO). Check the disk.`,
};

/** A blank name, as from a variable that isn't set, would be invisible in the sentence. */
export function notFound(path: string): string {
  return path.trim() === '' ? 'The file name is blank. Pass the path of a file.' : `File not found: ${path}`;
}

/** Where too many files are open, no single one is the reason. */
export const TOO_MANY_FILES =
  'Too many files are open: the limit of this shell or system is too low. Raise it, for example with "ulimit -n 1024".';

/** @returns `undefined` for any other error */
export function systemErrorText(error: Error): string | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'EMFILE' || code === 'ENFILE') return TOO_MANY_FILES;
  return code === undefined || path === undefined ? undefined : systemSentence(code, path);
}

export function systemSentence(code: string, path: string): string | undefined {
  return SENTENCES[code]?.(path);
}
