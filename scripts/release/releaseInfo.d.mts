interface ReleaseInfo {
  readonly version: string;
  readonly isPreRelease: boolean;
  readonly notes: string;
}

export declare function describeRelease(release: {
  readonly version: string;
  readonly changelog: string;
  readonly tag?: string;
}): ReleaseInfo;

export declare function changelogSection(changelog: string, version: string): string | undefined;
