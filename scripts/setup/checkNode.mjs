// Ends the process with a sentence when this Node is too old. Imported before anything that an old Node can't read.
const [major, minor] = process.versions.node.split('.').map(Number);
const isFit = (major === 20 && minor >= 19) || (major === 22 && minor >= 13) || major >= 23;

if (!isFit) {
  console.error(
    `✗ Youtu Code needs Node 20.19 or newer (22.13 of the 22 series); this is ${process.versions.node}.\n` +
      '  Get one from nodejs.org or with your version manager (nvm install 22), then run the command again.',
  );
  process.exit(1);
}
