/**
 * Files that usually hold secrets. The engine completes nothing in them, and shows nothing of them to a model, unless a
 * request says that the user has allowed it for that file. The extension uses the same list to say why a file is silent.
 */
const SECRET = [
  /^\.env(?:rc|\..+)?$/,
  /\.(?:env|pem|key|p12|pfx|p8|jks|keystore|kdbx|ppk|gpg|asc|ovpn|tfvars|tfstate|agekey)$/,
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|.*_rsa)$/,
  /^(?:\.npmrc|\.yarnrc|\.yarnrc\.yml|\.pypirc|\.netrc|_netrc|\.pgpass|\.my\.cnf|\.htpasswd|\.git-credentials)$/,
  /^(?:\.vault-token|\.vault_pass|\.boto|\.s3cfg|\.dockercfg|kubeconfig|authorized_keys|known_hosts)$/,
  /^credentials(?:\.(?:json|ya?ml|toml|xml|ini|csv))?$/,
  /^secrets?(?:[-_.][\w-]+)*\.(?:json|ya?ml|toml|xml|ini|properties|txt|enc)$/,
  /^(?:service[-_]?account|client_secret|gcp-key).*\.json$/,
];
/** Templates of such files, which hold no secrets. */
const TEMPLATE = /\.(?:example|sample|template|dist)$/;
/** Folders in which every file counts as secret. */
const SECRET_FOLDER = /\/(?:\.ssh|\.gnupg|\.aws|\.azure|\.kube|\.docker)\//;

/** @param location a path or a URI */
export function isSecretFile(location: string): boolean {
  const path = decoded(location).replaceAll('\\', '/').toLowerCase();
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (SECRET_FOLDER.test(path)) return true;
  return !TEMPLATE.test(name) && SECRET.some((pattern) => pattern.test(name));
}

function decoded(location: string): string {
  const [withoutQuery = ''] = location.includes('://') ? location.split(/[?#]/) : [location];
  try {
    return decodeURIComponent(withoutQuery);
  } catch {
    // A path may hold a lone percent sign.
    return withoutQuery;
  }
}
