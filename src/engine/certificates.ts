import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

/** Where Linux distributions and the BSDs keep the system's certificates, with those that an administrator added. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Variables by which other programs are told of a bundle; a company's set-up often sets one of them. */
const VARIABLES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'];

export interface CertificateEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Files of certificates in PEM. */
  readonly bundles: readonly string[];
}

/**
 * What is trusted in TLS connections: Node's own certificates, the system's, and those that variables name. A
 * company's proxy signs with one of its own, which only the system knows. Where Node can ask the system (from 22.15
 * on, as in VS Code) it does; otherwise the bundles of Linux are read.
 */
export function trustedCertificates(
  { env, bundles }: CertificateEnvironment = { env: process.env, bundles: BUNDLES },
): readonly string[] {
  const named = VARIABLES.flatMap((name) => env[name] ?? []);
  const own = [...named, ...bundles].flatMap(certificatesIn);
  return [...new Set([...tls.rootCertificates, ...systemCertificates(), ...own])];
}

/** All of {@link trustedCertificates} in the form that a connection takes, made once: it costs tens of milliseconds. */
export function trustedContext(environment?: CertificateEnvironment): tls.SecureContext {
  if (environment === undefined) return (shared.context ??= contextOf(trustedCertificates()));
  return contextOf(trustedCertificates(environment));
}

/** The machine's certificates are the same for all connections of this process. */
const shared: { context?: tls.SecureContext } = {};

function contextOf(certificates: readonly string[]): tls.SecureContext {
  return tls.createSecureContext({ ca: [...certificates] });
}

type AskSystem = (kind: 'system') => string[];

function systemCertificates(): readonly string[] {
  const ask = 'getCACertificates' in tls ? (tls.getCACertificates as AskSystem) : undefined;
  try {
    return ask?.('system') ?? [];
  } catch {
    // A system store that can't be read leaves the others.
    return [];
  }
}

/** The certificates of a file that can be read; one that is damaged would spoil them all, and is left out. */
function certificatesIn(path: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.filter(isSound);
}

function isSound(certificate: string): boolean {
  try {
    return new X509Certificate(certificate).raw.length > 0;
  } catch {
    return false;
  }
}
