export interface WorkbenchGate {
  readonly url: string;
  readonly addressFor: (url: string) => string;
  readonly close: () => void;
}

export function openWorkbenchGate(options: {
  readonly socketPath: string;
  readonly port?: number;
}): Promise<WorkbenchGate>;
