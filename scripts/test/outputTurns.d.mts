export class OutputTurns {
  constructor(print: (text: string | Uint8Array) => void);
  take(): { write(text: string | Uint8Array): void; end(): void };
}
