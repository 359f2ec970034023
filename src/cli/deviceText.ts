/** Sentences about the devices that models run on, and about a llama.cpp that can't be loaded. */
import { TOO_MANY_FILES } from './systemError.js';
import type { EngineErrorData, EngineUnusableReason } from '../protocol/errors.js';
import type { DeviceProblem, EngineStatus, NoGpuReason } from '../protocol/status.js';

const DEVICES: Readonly<Record<DeviceProblem['used'], string>> = {
  cpu: 'the CPU',
  cuda: 'CUDA',
  vulkan: 'Vulkan',
  metal: 'Metal',
};

const RETRY = 'It is tried again after a driver update, or with "youtu doctor --retry-devices".';

/** What is wrong with a GPU, and what is used. */
export function deviceProblemSentence({ device, name, reason, detail, used }: DeviceProblem): string {
  const gpu = name === undefined || name === '' ? DEVICES[device] : `${name} (${DEVICES[device]})`;
  const instead = `${DEVICES[used]} is used instead.`;
  switch (reason) {
    case 'crashed':
      return `${gpu} ended its process when it was tried, so ${instead} ${RETRY}`;
    case 'hung':
      return `${gpu} gave no result within a minute, so ${instead} ${RETRY}`;
    case 'failed':
      return `${gpu} failed (${detail}), so ${instead} ${RETRY}`;
    case 'slower':
      return used === device
        ? `${gpu} is slower than the CPU. It is used because you chose it; --gpu off uses the CPU.`
        : `${gpu} is slower than the CPU, so ${instead}`;
    case 'software':
      return used === device
        ? `${gpu} is no GPU but the CPU imitating one, and very slow. It is used because you chose it.`
        : `${gpu} is no GPU but the CPU imitating one, so ${instead}`;
    case 'noMemory':
      return used === device
        ? `The memory of ${gpu} holds only a part of the model; the CPU does the rest. A smaller model or context would be faster.`
        : `The memory of ${gpu} is too small for the model, so ${instead}`;
    case 'notInstalled':
      return `llama.cpp’s build for ${DEVICES[device]} is not installed, so ${instead}${detail === '' ? '' : ` ${detail} (540 MB)`}`;
    case 'noDevice':
      return `No device for ${DEVICES[device]} was found, so ${instead}`;
  }
}

/** A listener of the status that tells each device problem once. */
export function deviceProblems(tell: (sentence: string) => void): (status: EngineStatus) => void {
  const told = new Set<string>();
  return (status) => {
    if (status.kind !== 'ready') return;
    for (const problem of status.models.flatMap(({ device }) => device.problems ?? [])) {
      const sentence = deviceProblemSentence(problem);
      if (!told.has(sentence)) tell(sentence);
      told.add(sentence);
    }
  };
}

const NO_GPU: Readonly<Record<NoGpuReason, string>> = {
  wslDrivers:
    'WSL has a GPU, but no Vulkan driver for it is installed here (on Debian and Ubuntu: mesa-vulkan-drivers). An NVIDIA card works with CUDA’s build, too; --gpu cuda says how to get it.',
  wslDevice: 'WSL hands no GPU over. Update it with "wsl --update", and the graphics driver in Windows.',
  container:
    'No GPU was handed to this container. If the machine has one, start the container with "--device /dev/dri", or "--gpus all" for an NVIDIA card.',
};

export function noGpuSentence(reason: NoGpuReason): string {
  return NO_GPU[reason];
}

const UNUSABLE: Readonly<Record<EngineUnusableReason, string>> = {
  glibc:
    'the system’s C library (glibc) is older than 2.34, which llama.cpp’s build needs. Use a newer system (Debian 12, Ubuntu 22.04, Fedora 35, RHEL 9), or a container with one.',
  musl: 'this system has the C library musl (Alpine), and llama.cpp’s build needs glibc 2.34. Use a container with Debian, Ubuntu or Fedora.',
  noexec:
    'its files lie on a disk from which nothing may be run (mounted with noexec). Install Youtu Code on another one.',
  architecture:
    'its files are for another processor or system. Install the package that is made for this one.',
  blocked:
    'the system’s rules forbid it (a policy, a virus scanner, or quarantine). Ask who looks after this machine to allow the folder.',
  runtime: 'Microsoft’s Visual C++ runtime is missing. Install the “Visual C++ Redistributable” (2015–2022).',
  library: 'a library of the system that it needs is missing. Install it.',
  missing: 'its files are missing. Install Youtu Code again.',
  openFiles: TOO_MANY_FILES,
  other: 'the system doesn’t say why in a way that is known. Install Youtu Code again, or report it.',
};

export function engineUnusableSentence({
  reason,
  detail,
}: EngineErrorData & { readonly kind: 'engineUnusable' }): string {
  return `llama.cpp can't be loaded: ${UNUSABLE[reason]} (${detail.trim()})`;
}
