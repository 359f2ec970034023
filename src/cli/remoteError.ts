import type { EngineErrorData } from '../protocol/errors.js';

type RemoteFailure = EngineErrorData & { readonly kind: 'remoteFailed' };

/** What happened at the server of a remote model, and what to do. */
export function remoteSentence({ host, reason, detail }: RemoteFailure): string {
  const said = detail === '' ? '' : ` (${detail})`;
  switch (reason) {
    case 'notSet':
      return 'The model "remote" needs a server. Set YOUTU_REMOTE_URL, for example to http://localhost:8000/v1.';
    case 'badUrl':
      return 'YOUTU_REMOTE_URL must be an address such as https://models.example/v1, without a key or anything after "?". A key goes into YOUTU_REMOTE_KEY.';
    case 'unreachable':
      return `The server ${host} can't be reached${said}. Check that it runs, YOUTU_REMOTE_URL, and the network or proxy.`;
    case 'timeout':
      return `The server ${host} took too long${said}. Try again later.`;
    case 'certificate':
      return `The certificate of the server ${host} can't be trusted${said}. Name its authority's file in NODE_EXTRA_CA_CERTS.`;
    case 'unauthorized':
      return `The server ${host} rejected the key${said}. Set the right one in YOUTU_REMOTE_KEY.`;
    case 'notFound':
      return `The server ${host} has no model API at this address${said}. Check YOUTU_REMOTE_URL.`;
    case 'modelMissing':
      return `The server ${host} doesn't have the model. It has: ${detail}. Set YOUTU_REMOTE_MODEL to one of them.`;
    case 'otherModel':
      return `Another model answered at the server ${host}: ${detail}. Its answer isn't used. Set YOUTU_REMOTE_MODEL.`;
    case 'busy':
      return `The server ${host} has too much to do${said}. Try again in a moment.`;
    case 'serverError':
      return `The server ${host} reported an error${said}. Tell those who run it.`;
    case 'refused':
      return `The server ${host} refused the request${said}.`;
    case 'redirected':
      return `The server ${host} redirects to ${detail}, which isn't followed. Set YOUTU_REMOTE_URL to the final address.`;
    case 'notUnderstood':
      return `The server ${host} answered with what isn't a model's answer${said}. Check YOUTU_REMOTE_URL, and whether a proxy or a sign-in page is in between.`;
    case 'interrupted':
      return `The connection to the server ${host} broke in the middle of an answer. Try again.`;
  }
}
