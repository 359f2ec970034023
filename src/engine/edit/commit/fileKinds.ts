/** What a file of a project is for, by its path. */
import { basename } from 'node:path/posix';

const LOCK =
  /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|Cargo\.lock|poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|Gemfile\.lock|composer\.lock|go\.sum|go\.work\.sum|mix\.lock|pubspec\.lock|Podfile\.lock|Package\.resolved|packages\.lock\.json|flake\.lock|gradle\.lockfile|\.terraform\.lock\.hcl)$/;
const GENERATED =
  /(?:\.min\.(?:js|css)|\.(?:js|css)\.map|\.snap|\.pb\.go|_pb2(?:_grpc)?\.pyi?|\.g\.dart|\.freezed\.dart|\.designer\.cs|\.generated\.\w+|_generated\.\w+|\.ipynb|\.svg)$|(?:^|\/)(?:dist|node_modules|vendor|third_party|__snapshots__|__generated__)\//i;
const MANIFEST =
  /^(?:package\.json|deno\.jsonc?|Cargo\.toml|pyproject\.toml|setup\.cfg|requirements[\w.-]*\.(?:txt|in)|constraints[\w.-]*\.txt|Pipfile|environment\.ya?ml|Gemfile|.*\.gemspec|composer\.json|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|libs\.versions\.toml|.*\.csproj|packages\.config|Directory\.Packages\.props|mix\.exs|pubspec\.yaml|Podfile)$/;
const TEST =
  /(?:^|\/)(?:tests?|__tests__|spec|specs|testdata|e2e|fixtures)\/|(?:[._-](?:test|tests|spec)\.\w+|_test\.\w+|(?:Test|Tests|Spec)\.(?:java|kt|cs|scala|swift|php))$|(?:^|\/)(?:test_[^/]+\.py|conftest\.py)$/;
const DOCS =
  /\.(?:md|mdx|rst|adoc|asciidoc|org)$|(?:^|\/)(?:docs?|documentation)\/|(?:^|\/)(?:README|CHANGELOG|CHANGES|HISTORY|NEWS|CONTRIBUTING|AUTHORS|LICEN[CS]E|COPYING|NOTICE|SECURITY|CODE_OF_CONDUCT)(?:\.\w+)*$/i;
const CI =
  /(?:^|\/)(?:\.github\/(?:workflows|actions)|\.circleci|\.buildkite|\.gitlab\/ci)\/|(?:^|\/)(?:\.gitlab-ci\.ya?ml|\.travis\.ya?ml|azure-pipelines\.ya?ml|Jenkinsfile|appveyor\.yml|\.drone\.yml|bitbucket-pipelines\.yml)$/;

export type FileKind = 'lock' | 'generated' | 'manifest' | 'test' | 'docs' | 'ci' | 'code';

/** Written by a program: its lines say nothing that its source or manifest doesn't say in fewer. */
export function isGeneratedFile(path: string): boolean {
  return LOCK.test(basename(path)) || GENERATED.test(path);
}

export function fileKindOf(path: string): FileKind {
  const name = basename(path);
  if (LOCK.test(name)) return 'lock';
  if (MANIFEST.test(name)) return 'manifest';
  if (CI.test(path)) return 'ci';
  if (TEST.test(path)) return 'test';
  if (DOCS.test(path)) return 'docs';
  return GENERATED.test(path) ? 'generated' : 'code';
}
