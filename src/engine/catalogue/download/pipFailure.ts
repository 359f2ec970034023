import type { DownloadAttempt } from '../../../protocol/errors.js';
import { AttemptFailed } from './downloadSource.js';
import { folderError } from './folderError.js';

/** Read in this order: after a broken connection pip also says that there is no such version. */
const REASONS: readonly (readonly [RegExp, DownloadAttempt['reason']])[] = [
  [/ReadTimeoutError|Read timed out|ConnectTimeout/i, 'timeout'],
  [
    /IncompleteRead|connection broken: (?!.*NewConnection)|ConnectionResetError|ProtocolError/i,
    'interrupted',
  ],
  [/NewConnectionError|Max retries exceeded|ProxyError|SSLError|NameResolutionError/i, 'unreachable'],
  [/\b40[13]\b (?:Client )?Error|Forbidden|Unauthorized/i, 'forbidden'],
  [/\b5\d\d\b (?:Server )?Error/i, 'serverError'],
  [/No matching distribution|Could not find a version|\b404\b/i, 'notFound'],
];

/** What pip's output says about its failure. */
export function pipFailure(output: string, folder: string, code: number | null): Error {
  if (/No space left on device|\[Errno 28\]/i.test(output))
    return folderError(folder, Object.assign(new Error('pip'), { code: 'ENOSPC' }));
  const [pattern, reason] = REASONS.find(([known]) => known.test(output)) ?? [/(?:)/, 'serverError' as const];
  const lines = sayings(output);
  const detail = lines.filter((line) => pattern.test(line)).at(-1) ?? lines.at(-1);
  return new AttemptFailed(reason, detail ?? `pip ended with ${code ?? 'a signal'}`);
}

/** What pip said, line by line, without what doesn't belong into a message: control codes, credentials. */
function sayings(output: string): string[] {
  return output
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[\u0000-\u001f\u007f]/g, ' ').trim())
    .filter((line) => line !== '' && !/^(?:\[notice\]|WARNING: (?!Retrying))/.test(line))
    .map((line) =>
      line
        .replace(/^.*connection broken by /, '')
        .replace(/\/\/[^/@\s]+@/g, '//')
        .slice(0, 300),
    );
}
