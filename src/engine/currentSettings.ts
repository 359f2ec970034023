import { DEFAULT_SETTINGS, type EngineSettings } from '../protocol/settings.js';
import { modelsFolder } from './catalogue/modelsFolder.js';

/** The settings in force. Made before the engine, so that parts which the engine needs can read them too. */
export class CurrentSettings {
  private current: EngineSettings = DEFAULT_SETTINGS;

  get value(): EngineSettings {
    return this.current;
  }

  /** Absolute path of the folder where models are stored. */
  get modelsFolder(): string {
    return modelsFolder(this.current.modelsFolder);
  }

  /** @returns the settings before the change */
  update(changed: Partial<EngineSettings>): EngineSettings {
    const before = this.current;
    this.current = { ...before, ...changed };
    return before;
  }
}
