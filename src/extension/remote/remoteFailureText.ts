import { l10n } from 'vscode';
import type { EngineErrorData } from '../../protocol/errors.js';

type RemoteFailure = EngineErrorData & { readonly kind: 'remoteFailed' };

/** What happened at the server of a remote model, and what to do. */
export function remoteSentence({ host, reason, detail }: RemoteFailure): string {
  switch (reason) {
    case 'notSet':
      return l10n.t('A model on a server is selected, but no server is set. Set youtu.remote.url.');
    case 'badUrl':
      return l10n.t(
        'youtu.remote.url must be an address such as https://models.example/v1, without a key or anything after “?”. Correct it.',
      );
    case 'unreachable':
      return l10n.t(
        'The server {0} can’t be reached ({1}). Check that it runs, youtu.remote.url, and the network or proxy.',
        host,
        detail,
      );
    case 'timeout':
      return l10n.t('The server {0} took too long ({1}). Try again later.', host, detail);
    case 'certificate':
      return l10n.t(
        'The certificate of the server {0} can’t be trusted ({1}). Have its authority installed in the system, or named by NODE_EXTRA_CA_CERTS.',
        host,
        detail,
      );
    case 'unauthorized':
      return l10n.t('The server {0} rejected the key ({1}). Set the right one.', host, detail);
    case 'notFound':
      return l10n.t(
        'The server {0} has no model API at this address ({1}). Check youtu.remote.url.',
        host,
        detail,
      );
    case 'modelMissing':
      return l10n.t(
        'The server {0} doesn’t have the model. It has: {1}. Set youtu.remote.model.',
        host,
        detail,
      );
    case 'otherModel':
      return l10n.t(
        'Another model answered at the server {0}: {1}. Its answer isn’t used. Set youtu.remote.model.',
        host,
        detail,
      );
    case 'busy':
      return l10n.t('The server {0} has too much to do ({1}). Try again in a moment.', host, detail);
    case 'serverError':
      return l10n.t('The server {0} reported an error ({1}). Tell those who run it.', host, detail);
    case 'refused':
      return l10n.t('The server {0} refused the request ({1}).', host, detail);
    case 'redirected':
      return l10n.t(
        'The server {0} redirects to {1}, which isn’t followed. Set youtu.remote.url to the final address.',
        host,
        detail,
      );
    case 'notUnderstood':
      return l10n.t(
        'The server {0} answered with what isn’t a model’s answer ({1}). Check youtu.remote.url, and whether a proxy or a sign-in page is in between.',
        host,
        detail,
      );
    case 'interrupted':
      return l10n.t('The connection to the server {0} broke in the middle of an answer. Try again.', host);
  }
}
