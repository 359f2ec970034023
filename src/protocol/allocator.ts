/**
 * For glibc, which reads them when a process starts; other systems ignore them. llama.cpp takes and frees buffers of
 * many megabytes on several threads. By default glibc raises its limits after the first of them, and keeps their pages
 * in one arena for each thread: more than is in use.
 */
const VARIABLES = {
  MALLOC_ARENA_MAX: '2',
  // Larger than what a token needs, which would be mapped and cleared again each time.
  MALLOC_MMAP_THRESHOLD_: `${4 * 2 ** 20}`,
  MALLOC_TRIM_THRESHOLD_: `${4 * 2 ** 20}`,
};

/** Variables for a process that loads models; those that are set already are left out. */
export function allocatorEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(VARIABLES).filter(([name]) => env[name] === undefined));
}
