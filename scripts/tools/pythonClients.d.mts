export function ensurePythonClients(root: string): Promise<string>;
