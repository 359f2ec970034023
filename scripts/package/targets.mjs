import { Failure } from '../tools/command.mjs';

/**
 * The platforms, in VS Code's notation, and the llama.cpp builds in their VSIX, each a package `@node-llama-cpp/…`. The
 * CUDA build is omitted because of its size (540 MB).
 */
export const TARGETS = {
  'linux-x64': ['linux-x64', 'linux-x64-vulkan'],
  'linux-arm64': ['linux-arm64'],
  'win32-x64': ['win-x64', 'win-x64-vulkan'],
  'win32-arm64': ['win-arm64'],
  'darwin-arm64': ['mac-arm64-metal'],
  'darwin-x64': ['mac-x64'],
};

/** The current platform, in VS Code's notation. */
export const thisTarget = `${process.platform}-${process.arch}`;

/** @returns the packages with llama.cpp for a target */
export function binaryPackages(target) {
  const builds = Object.hasOwn(TARGETS, target) ? TARGETS[target] : undefined;
  if (builds === undefined)
    throw new Failure(`There is no package for ${target}. Targets: ${Object.keys(TARGETS).join(', ')}.`);
  return builds.map((build) => `@node-llama-cpp/${build}`);
}
