/**
 * Ends this process when the one that started it is gone: its channel closes then, whether it ended by itself,
 * was closed with its window, or was killed. Without this, an engine with a model in memory would stay behind.
 */
export function endWithParent(): void {
  const end = (): void => {
    // A running evaluation of llama.cpp's can hold up an orderly exit: don't wait for it.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1000).unref();
    process.exit(0);
  };
  process.once('disconnect', end);
}
