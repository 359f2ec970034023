// Replaces the native module @vscode/spdlog in code-server, with which VS Code writes its log files and those of output
// channels. It has the same interface in JavaScript, so that nothing must be compiled.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  constructor(_type, _name, file) {
    this.file = file;
    this.level = 2;
    this.isPlain = false;
    mkdirSync(dirname(file), { recursive: true });
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {}
  clearFormatters() {
    this.isPlain = true;
  }
  flush() {}
  drop() {}
}
LEVELS.forEach((name, level) => {
  Logger.prototype[name] = function (message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(
      this.file,
      this.isPlain ? message : `${time} [${name === 'warn' ? 'warning' : name}] ${message}\n`,
    );
  };
});

const create = async (name, file) => new Logger('rotating', name, file);
// Exported one by one: VS Code imports this as an ES module, and Node detects only such exports.
exports.version = 1;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
