const SYSTEMS = { darwin: 'mac', win32: 'win' };

/**
 * Which of the lock file's optional packages this machine needs: the prebuilt llama.cpp for its processor and for
 * Vulkan or Metal, and esbuild's program. What is left out is other platforms' and 570 MB of CUDA.
 * @param {Record<string, { version: string }>} packages of package-lock.json
 * @returns `name@version` of each
 */
export function platformPackages(packages, { platform, arch } = process) {
  const llama = `${SYSTEMS[platform] ?? platform}-${arch}`;
  const names = [
    `@esbuild/${platform}-${arch}`,
    ...['', '-metal', '-vulkan'].map((suffix) => `@node-llama-cpp/${llama}${suffix}`),
  ];
  return names.flatMap((name) => {
    const version = packages[`node_modules/${name}`]?.version;
    return version === undefined ? [] : [`${name}@${version}`];
  });
}
