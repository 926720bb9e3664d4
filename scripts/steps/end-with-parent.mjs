// Loaded into the process that leads workerd: when the script that started it is killed, it would go on unseen and
// keep the port. The closed channel is the only sign of that.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
