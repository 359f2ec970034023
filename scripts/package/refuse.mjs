// Runs before a plain `vsce package`, which would make an extension without its engine.
console.error('A plain `vsce package` leaves the engine out. Use: npm run package');
process.exit(1);
