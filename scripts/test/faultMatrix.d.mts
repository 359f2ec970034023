export interface FaultRow {
  readonly area: string;
  readonly fault: string;
  readonly line: number;
  readonly kind: string;
  readonly file: string;
  readonly title: string;
}

export interface KindResult {
  readonly name: string;
  readonly times?: readonly { readonly file: string; readonly title: string; readonly isHook: boolean }[];
}

export interface MatrixResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly failedTests: readonly { readonly title: string; readonly message: string }[];
  readonly ms: number;
}

export function parseFaultMatrix(markdown: string): FaultRow[];
export function grepForKind(rows: readonly FaultRow[], kind: string): string;
export function checkFaultMatrix(rows: readonly FaultRow[], results: readonly KindResult[]): MatrixResult;
