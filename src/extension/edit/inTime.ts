/** A language server's answer, if it comes in time. What fails or takes too long is as good as no answer. */
export function inTime<T>(work: PromiseLike<T>, limitMs: number): Promise<T | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), limitMs);
    const finish = (value?: T): void => {
      clearTimeout(timer);
      resolve(value);
    };
    work.then(finish, () => finish());
  });
}
