// Runs before a plain `vsce package`, whose VSIX would lack the engine.
console.error('A plain `vsce package` leaves out the engine. Use: npm run package');
process.exit(1);
