// Preloaded into every child of `npm start`: should the parent be killed outright, nothing keeps running without it.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
