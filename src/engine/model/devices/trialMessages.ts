/** What the process that tries a GPU tells: each as soon as it is known, since the next step may end it. */
export type TrialMessage =
  | {
      readonly kind: 'found';
      /** As the driver gives them. */
      readonly names: readonly string[];
      /** Whether all of them are the CPU in disguise. */
      readonly isSoftware: boolean;
    }
  /** Tokens per second. */
  | { readonly kind: 'speed'; readonly on: 'gpu' | 'cpu'; readonly prefill: number; readonly decode: number }
  | { readonly kind: 'failed'; readonly detail: string };

/** Mesa's, Google's and Microsoft's devices in software. */
const SOFTWARE = /llvmpipe|lavapipe|softpipe|swrast|swiftshader|microsoft basic render|\bwarp\b/i;

export function areSoftware(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => SOFTWARE.test(name));
}
