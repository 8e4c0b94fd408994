/**
 * Preloaded (`--import`) into every process a cluster starts: when the starter is gone, however it went, its channel closes and the
 * process ends in order. Nothing is left running behind a killed terminal.
 */
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
});
process.channel?.unref();

export {};
