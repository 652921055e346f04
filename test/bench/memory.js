// Preloaded into a process that the benchmark measures: tells its peak memory at the end.
process.on('exit', () => process.stderr.write(`\npeak ${process.resourceUsage().maxRSS}\n`));
