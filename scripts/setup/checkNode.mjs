// Exits with a message if this Node version is too old. Imported before any module that an old version can't parse.
const [major, minor] = process.versions.node.split('.').map(Number);
const isSupported = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 23;

if (!isSupported) {
  console.error(
    `✗ Youtu Code needs Node 20.19 or newer (22.13 of the 22 series); this is ${process.versions.node}.\n` +
      '  Install one from nodejs.org or with a version manager (nvm install 22), then run the command again.',
  );
  process.exit(1);
}
