// Preloaded into every child of `npm start`: should the parent be killed outright, nothing keeps running without it.
const STOP_WITHIN_MS = 10_000;
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  // An open stream of a browser would keep the portal, and its port, for as long as the page stays open.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_WITHIN_MS).unref();
});
process.channel?.unref();
