export interface WorkbenchGate {
  readonly url: string;
  readonly addressFor: (url: string) => string;
  readonly close: () => void;
}

export function openWorkbenchGate(target: { readonly socketPath: string }): Promise<WorkbenchGate>;
