import { endForCertain, WatchThread } from '../../engine/endOfProcess.js';
import { ALIVE_EVERY_MS, STOP_MESSAGE, SUPERVISED, type ServeMessage } from './supervisor.js';

/** Time for the callers to be told, before the process ends. */
const TELL_MS = 500;

export interface Watched {
  /** What hangs, as a sentence; `undefined` while all is well. */
  readonly hang: () => string | undefined;
  /** Called once before the process ends for that. */
  readonly onHang: () => void;
}

/** The supervisor of this process, seen from here. */
export interface SupervisorLink {
  /** Whether an earlier process served already, and has printed the address. */
  readonly isRestart: boolean;
  /** Aborted when the supervisor wants the server to stop. */
  readonly signal: AbortSignal;
  notifyListening(port: number, watched: Watched): void;
}

/** `undefined` when this process is not the one that serves. */
export function supervisorLink(): SupervisorLink | undefined {
  const start = process.env[SUPERVISED];
  if (start === undefined || process.send === undefined) return undefined;
  // Processes that this one starts have no supervisor.
  delete process.env['YOUTU_SERVE_SUPERVISED'];
  const stopping = new AbortController();
  process.on('message', (message) => {
    if (message === STOP_MESSAGE) stopping.abort(new DOMException('stopped', 'AbortError'));
  });
  // The server keeps this process, not the channel.
  process.channel?.unref();
  process.once('exit', endForCertain);
  // Without its supervisor it could not be stopped.
  process.once('disconnect', () => process.exit(1));
  new WatchThread();
  const send = (message: ServeMessage): void => void process.send?.(message);
  return {
    isRestart: start === 'again',
    signal: stopping.signal,
    notifyListening: (port, { hang, onHang }) => {
      send({ kind: 'listening', port });
      const heart = setInterval(() => {
        const reason = hang();
        if (reason === undefined) {
          send({ kind: 'alive' });
          return;
        }
        clearInterval(heart);
        send({ kind: 'hangs', reason });
        onHang();
        setTimeout(() => process.exit(1), TELL_MS);
      }, ALIVE_EVERY_MS).unref();
    },
  };
}
