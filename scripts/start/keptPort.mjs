import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';

/**
 * A random port, the same each time while it is free: a browser and VS Code keep chats, trust and decisions by address,
 * and would show none of them at another port.
 * @param {string} file holds it from the first time on
 */
export async function keptPort(file) {
  const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const isPort = Number.isInteger(kept) && kept > 0 && kept < 65_536;
  const port = await freePort(isPort ? kept : 0);
  if (!isPort) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, String(port));
  }
  return port;
}

/** @param {number} wanted 0 is any one */
async function freePort(wanted) {
  const server = createServer();
  try {
    await once(server.listen(wanted, '127.0.0.1'), 'listening');
    return server.address().port;
  } catch (error) {
    if (wanted === 0) throw error;
    return freePort(0); // another program has it
  } finally {
    server.close();
  }
}
