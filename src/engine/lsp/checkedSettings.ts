import { DEFAULT_SETTINGS, type EngineSettings } from '../../protocol/settings.js';

/** What of a client's settings can be used: known names with values of their kind. Any LSP client may send anything. */
export function checkedSettings(given: unknown): Partial<EngineSettings> {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => {
      const known: unknown = Object.hasOwn(DEFAULT_SETTINGS, name)
        ? DEFAULT_SETTINGS[name as keyof EngineSettings]
        : undefined;
      if (Array.isArray(known))
        return Array.isArray(value) && value.every((item) => typeof item === 'string');
      return typeof value === typeof known && (typeof value !== 'number' || Number.isFinite(value));
    }),
  );
}
