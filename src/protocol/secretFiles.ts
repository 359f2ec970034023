/**
 * Files that usually hold secrets, by their names: the one list that the engine and the extension use. The engine
 * completes nothing in them and shows nothing of them to a model, unless the user's patterns lift that (`fileExclusion.ts`).
 *
 * The patterns see the name in lower case, without the endings of backups, with words in camelCase apart. A name with
 * the ending of source code is hardly ever one of them (SECRET_SOURCE): not `secretsManager.ts`, not `keyboard.key.ts`.
 */
const SOURCE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|astro|py[iwx]?|ipynb|go|rs|java|kts?|scala|groovy|gradle|swift|mm?|cc?|c?pp|cxx|hh?|hpp|hxx|cs|fsx?|vb|rb|erb|php|p[lm]|lua|r|jl|dart|exs?|erl|hrl|hs|elm|mli?|cljs?|nim|zig|sol|sql|tf|hcl|proto|graphql|html?|css|s[ac]ss|less|mdx?|rst|adoc|tex|sh|bash|zsh|fish|ps1|bat|cmd|svg|png|snap|map|pub|crt|cer|csr)$/;

/** Names with such an ending that are secrets all the same. */
const SECRET_SOURCE = /^(?:\.env|wp-config\.php$|secret_token\.rb$)/;

/** The ending of data or settings, which may follow more words (`secrets.prod.yml`), or no ending at all. */
const DATA = String.raw`\.(?:json[c5]?|ya?ml|toml|ini|cfg|conf|config|properties|xml|plist|txt|csv|enc|dat|env)$`;
const WORDS_THEN_DATA = String.raw`(?:(?:[._ -].*)?${DATA}|(?:[_ -][^.]*)?$)`;
const WORDS_BEFORE = String.raw`^(?:.*[._ -])?`;
const STAGE = String.raw`(?:local|dev|development|prod|production|stag(?:e|ing)|test|ci)`;

/** A word, or several of them, in the name of a file without the ending of source code. */
function named(words: string): RegExp {
  return new RegExp(`${WORDS_BEFORE}(?:${words})${WORDS_THEN_DATA}`);
}

const SECRET: readonly RegExp[] = [
  // Variables of an environment.
  /^\.env(?:rc)?(?:[._-].*)?$/,
  new RegExp(String.raw`^env\.${STAGE}$`),
  new RegExp(String.raw`\.env(?:[._-]${STAGE})*$`),
  /^\.(?:flaskenv|dev\.vars(?:\..+)?)$/,
  // Keys, keystores and what a tool keeps beside them.
  /\.(?:pem|key|p12|pfx|p8|pk8|pkcs12|pvk|jks|jceks|bks|keystore|truststore|kdbx?|ppk|gpg|pgp|asc|ovpn|agekey|keytab|kubeconfig)$/,
  /\.tf(?:vars|state)(?:\.json)?$/,
  /^(?:.*[._ -])?id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?(?:[._ -].*)?$/,
  /_(?:rsa|dsa|ecdsa|ed25519)$/,
  /^ssh_host_\w+_key$/,
  named('(?:private|signing|encryption|deploy|ssh|api|access)[._ -]?keys?'),
  // Settings of programs that keep passwords or tokens in them.
  /^\.(?:npmrc|yarnrc(?:\.yml)?|pypirc|netrc|pgpass|my\.cnf|mylogin\.cnf|htpasswd|git-credentials|gitcookies|vault-token|boto|s3cfg|dockercfg|dockerconfigjson|authinfo|msmtprc|fetchmailrc|curlrc|wgetrc|terraformrc|databrickscfg|rediscli_auth|ftpconfig)$/,
  /^\.sentryclirc$/,
  /^(?:_netrc|rclone\.conf|wp-config\.php|secret_token\.rb|(?:key|keystore|signing)\.properties|local\.settings\.json|logins\.json|cookies\.(?:txt|sqlite)|mnemonic(?:\.txt)?|utc--.*|vault\.ya?ml|pgpass\.conf|terraform\.rc|htpasswd|shadow|authorized_keys|known_hosts|(?:sftp(?:-config)?|\.remote-sync)\.json|settings-security\.xml|wallet\.dat)$/,
  /^\.(?:\w+_)?history$/,
  named('kube[._ -]?config'),
  named('vault[._ -]?pass(?:word)?'),
  // Words that say it.
  named('credentials?|creds'),
  named('secrets?'),
  new RegExp(`${WORDS_BEFORE}(?:passwords?|passwd|passphrase)(?:${DATA}|$)`),
  named('(?:access|auth|oauth2?|api|refresh|bearer|git(?:hub|lab)|npm|vault)[._ -]?tokens?'),
  /^\.?token(?:\.(?:json|txt))?$/,
  /^(?:.*[._ -])?service[._ -]accounts?(?:[._ -].*)?\.(?:json|ya?ml|toml|ini|xml|properties|txt)$/,
  /^(?:.*[._ -])?service[._ -]?account.*\.json$/,
  /^(?:.*[._ -])?(?:gcp|gcloud|google|firebase)[._ -].*(?:key|adminsdk).*\.json$/,
];

/** Templates of such files, which hold no secrets. A key is none: it may be that of a host called example.com. */
const TEMPLATE =
  /[._-](?:examples?|samples?|templates?|te?mpl|tpl|dist|schema)(?:\.(?:json[c5]?|ya?ml|toml|ini|cfg|conf|properties|xml|txt|env|tfvars|php))?$|^(?:example|sample|template)\.(?:env|tfvars)$/;
/** Folders in which every file counts as secret. */
const SECRET_FOLDER =
  /(?:^|\/)(?:\.(?:ssh|gnupg|aws|azure|kube|docker|oci|secrets|password-store|composer|config\/(?:gcloud|gh|hub)|mc|snowsql|subversion\/auth)|run\/secrets)\/|\/\.(?:m2\/settings\.xml|gradle\/gradle\.properties|config\/hub)$/;
/** A folder whose data and settings are secret, as `secrets/prod.json`. A project of that name has other files too. */
const FOLDER_OF_SECRET_DATA = new RegExp(
  String.raw`(?:^|\/)secrets?\/(?!package|tsconfig|composer|manifest)[^/]*${DATA}`,
);
/** Translations of a page called "password", and workflows that are published with their repository. */
const HARMLESS =
  /(?:^|\/)(?:(?:locales?|i18n|l10n|lang|langs|translations?|messages)\/(?:[a-z]{2,3}(?:[-_][a-z]+)?\/)?[a-z]+\.(?:json|ya?ml|properties)|\.github\/workflows\/[^/]+\.ya?ml)$/;

/** What an editor or a person adds to a name to keep the file's former content. */
const BACKUP =
  /(?:[._-](?:bak|backup|old|orig|original|save|saved|copy|tmp|temp|rej|dpkg-(?:old|dist)|rpmsave|sw[a-p]|disabled|\d{1,14})|~\d*~?| \(\d+\)| ?-? copy(?: \d+)?|(?<![#~\s.])[#~\s.]+)$/;

/** Of a name that is read; file systems allow 255, and some patterns take more than the square of it. */
const MAX_NAME_LENGTH = 512;

/** @param location a path or a URI */
export function isSecretFile(location: string): boolean {
  const path = decoded(location).replaceAll('\\', '/');
  const lower = path.toLowerCase();
  if (SECRET_FOLDER.test(lower)) return true;
  if (HARMLESS.test(lower)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1).slice(0, MAX_NAME_LENGTH);
  const spaced = name.replace(
    /([a-z0-9])((?:Secrets?|Credentials?|Creds|Passwords?|Keys?|Tokens?)(?=[._-]|$)|Account(?!s?[a-z]))/g,
    '$1-$2',
  );
  if (FOLDER_OF_SECRET_DATA.test(lower) && !TEMPLATE.test(lower)) return true;
  return [name, spaced].some((each) => namesSecret(each.toLowerCase()));
}

function namesSecret(name: string): boolean {
  const names = [...withoutBackupEndings(name)];
  if (names.some((each) => TEMPLATE.test(each))) return false;
  return names.some(
    (each) =>
      (SECRET_SOURCE.test(each) || !SOURCE.test(each)) && SECRET.some((pattern) => pattern.test(each)),
  );
}

/** The name itself first; `.id_rsa.swp` is the swap file of `id_rsa` in Vim, `#id_rsa#` that of Emacs. */
function* withoutBackupEndings(name: string): Generator<string, void> {
  yield name;
  for (let left = name; BACKUP.test(left);) {
    left = left.replace(BACKUP, '');
    if (left === '') return;
    yield left;
    if (/^[.#]/.test(left)) yield left.slice(1);
  }
}

function decoded(location: string): string {
  // A drive's letter is no scheme.
  const [scheme = ''] = /^[a-z][a-z\d+.-]+:/i.exec(location) ?? [];
  const [withoutQuery = ''] = scheme === '' ? [location] : location.slice(scheme.length).split(/[?#]/);
  try {
    return decodeURIComponent(withoutQuery);
  } catch {
    // A path may hold a lone percent sign.
    return withoutQuery;
  }
}
