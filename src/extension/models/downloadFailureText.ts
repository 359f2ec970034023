import { l10n } from 'vscode';
import type { DownloadAttempt, EngineErrorData } from '../../protocol/errors.js';

/** The sentence for a download that no source delivered: why each didn’t, and what to do. */
export function downloadSentence({ id, attempts }: EngineErrorData & { kind: 'downloadFailed' }): string {
  const why = attempts.length === 0 ? l10n.t('None of the sources has it.') : attemptReasons(attempts);
  return l10n.t(
    'The model {0} couldn’t be downloaded. {1} If you have the GGUF file, choose it on disk. You can set a mirror in youtu.model.sources.',
    id,
    why,
  );
}

/** Why each source didn’t deliver, those with the same reason in one sentence. */
export function attemptReasons(attempts: readonly DownloadAttempt[]): string {
  const sources = new Map<DownloadAttempt['reason'], Set<string>>();
  for (const { source, reason } of attempts)
    sources.set(reason, (sources.get(reason) ?? new Set()).add(source));
  return [...sources].map(([reason, names]) => attemptSentence(reason, [...names].join(', '))).join(' ');
}

/** Where the cause most likely lies, when several sources gave different reasons. */
export function downloadProblem({
  attempts,
}: EngineErrorData & { kind: 'downloadFailed' }): 'network' | 'source' | 'file' {
  const reasons = new Set(attempts.map(({ reason }) => reason));
  if (reasons.has('unreachable') || reasons.has('timeout') || reasons.has('certificate')) return 'network';
  if (reasons.has('wrongHash') || reasons.has('wrongSize') || reasons.has('interrupted')) return 'file';
  return 'source';
}

/** Why these sources didn’t deliver, and what to do. The server’s or system’s own words are in the log. */
function attemptSentence(reason: DownloadAttempt['reason'], sources: string): string {
  switch (reason) {
    case 'unreachable':
      return l10n.t('Couldn’t reach {0}: check your internet connection and proxy settings.', sources);
    case 'timeout':
      return l10n.t('No response in time from {0}: try again later.', sources);
    case 'notFound':
      return l10n.t('Not available from {0}: use another source.', sources);
    case 'forbidden':
      return l10n.t('Access denied by {0}: check whether a proxy or firewall blocks it.', sources);
    case 'serverError':
      return l10n.t('Error reported by {0}: try again later.', sources);
    case 'interrupted':
      return l10n.t('Connection to {0} interrupted: try again to resume the download.', sources);
    case 'wrongHash':
      return l10n.t(
        'The file from {0} has a different checksum and wasn’t used: try again or use another source.',
        sources,
      );
    case 'wrongSize':
      return l10n.t('The file from {0} doesn’t have the expected size: use another source.', sources);
    case 'certificate':
      return l10n.t(
        'The certificate of {0} isn’t trusted here: if your company’s proxy signs connections, add its certificate to the system’s store, or set NODE_EXTRA_CA_CERTS.',
        sources,
      );
    case 'rateLimited':
      return l10n.t('Too many requests for {0}: try again later.', sources);
    case 'noPip':
      return l10n.t(
        'Downloading from {0} needs pip, which isn’t installed: install Python with pip.',
        sources,
      );
    case 'noSource':
      return l10n.t('Unknown source {0}: correct its name.', sources);
  }
}
