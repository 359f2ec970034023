import { l10n } from 'vscode';
import type { DeviceProblem } from '../../protocol/status.js';

function deviceName(kind: DeviceProblem['used']): string {
  return kind === 'cpu' ? l10n.t('the CPU') : { cuda: 'CUDA', vulkan: 'Vulkan', metal: 'Metal' }[kind];
}

/** What is wrong with a GPU, and what is used instead: one sentence or two. */
export function deviceProblemText({ device, name, reason, detail, used }: DeviceProblem): string {
  const gpu = name === undefined || name === '' ? deviceName(device) : `${name} (${deviceName(device)})`;
  const other = deviceName(used);
  switch (reason) {
    case 'crashed':
      return l10n.t(
        '{0} crashed when it was tried, so models run on {1}. It is tried again after a driver update or Restart Engine.',
        gpu,
        other,
      );
    case 'hung':
      return l10n.t(
        '{0} gave no result within a minute, so models run on {1}. It is tried again after a driver update or Restart Engine.',
        gpu,
        other,
      );
    case 'failed':
      return l10n.t(
        '{0} failed ({1}), so models run on {2}. It is tried again after a driver update or Restart Engine.',
        gpu,
        detail,
        other,
      );
    case 'slower':
      return used === device
        ? l10n.t(
            '{0} is slower than the CPU. It is used because youtu.engine.gpu says so; “auto” would choose the CPU.',
            gpu,
          )
        : l10n.t('{0} is slower than the CPU, so models run on {1}.', gpu, other);
    case 'software':
      return used === device
        ? l10n.t(
            '{0} is no GPU but the CPU imitating one, and very slow. It is used because youtu.engine.gpu says so.',
            gpu,
          )
        : l10n.t('{0} is no GPU but the CPU imitating one, so models run on {1}.', gpu, other);
    case 'noMemory':
      return used === device
        ? l10n.t(
            'The memory of {0} holds only a part of the model; the CPU does the rest. A smaller model or context would be faster.',
            gpu,
          )
        : l10n.t('The memory of {0} is too small for the model, which runs on {1}.', gpu, other);
    case 'notInstalled':
      return l10n.t(
        'llama.cpp’s build for {0} isn’t installed, so models run on {1}. {2}',
        gpu,
        other,
        detail,
      );
    case 'noDevice':
      return l10n.t('No device for {0} was found, so models run on {1}.', gpu, other);
  }
}
