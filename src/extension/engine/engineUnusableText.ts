import { l10n } from 'vscode';
import type { EngineErrorData } from '../../protocol/errors.js';

/** Why llama.cpp can't be loaded, and what to do. */
export function engineUnusableText({ reason, detail }: EngineErrorData & { kind: 'engineUnusable' }): string {
  switch (reason) {
    case 'glibc':
      return l10n.t(
        'Youtu Code’s engine can’t run here: the system’s C library (glibc) is older than 2.34. Use a newer system (Debian 12, Ubuntu 22.04, Fedora 35, RHEL 9), or a container with one.',
      );
    case 'musl':
      return l10n.t(
        'Youtu Code’s engine can’t run here: this system has the C library musl (Alpine), but glibc 2.34 is needed. Use a container with Debian, Ubuntu or Fedora.',
      );
    case 'noexec':
      return l10n.t(
        'Youtu Code’s engine can’t run here: the extension lies on a disk from which nothing may be run (noexec). Start VS Code with another extensions folder.',
      );
    case 'architecture':
      return l10n.t(
        'Youtu Code’s engine can’t run here: its files are for another processor or system. Install the extension’s package for this one.',
      );
    case 'blocked':
      return l10n.t(
        'Youtu Code’s engine can’t run here: a rule of the system forbids it (a policy, a virus scanner, or quarantine). Ask the person in charge of this machine to allow the extension’s folder. {0}',
        detail,
      );
    case 'runtime':
      return l10n.t(
        'Youtu Code’s engine can’t run here: Microsoft’s Visual C++ runtime is missing. Install the Visual C++ Redistributable (2015–2022).',
      );
    case 'library':
      return l10n.t(
        'Youtu Code’s engine can’t run here: a library of the system is missing. Install it: {0}',
        detail,
      );
    case 'openFiles':
      return l10n.t(
        'Youtu Code’s engine can’t start: too many files are open on this system. Close other programs, or raise the limit (ulimit -n), then restart VS Code.',
      );
    case 'missing':
      return l10n.t(
        'Youtu Code’s engine can’t run here: its files are missing. Install the extension again, from the package for this system.',
      );
    case 'other':
      return l10n.t(
        'Youtu Code’s engine can’t run here: llama.cpp couldn’t be loaded ({0}). Install the extension again, or see the log.',
        detail,
      );
  }
}
