export function keptPort(file: string): Promise<number>;
