// Runs before a plain `vsce package` and rejects it, because its VSIX would lack the engine.
console.error('A plain `vsce package` leaves out the engine. Use: npm run package');
process.exit(1);
