const { basename } = require('node:path');
const { stdout } = require('node:process');
const { stripVTControlCharacters } = require('node:util');

/**
 * Tells why a test fails when it does, in a few lines: what Jest prints comes after everything else of its file, which
 * is late in a run of half an hour, and far from its end. What fails several tests of a file is told once.
 */
module.exports = class Failing {
  seen = new Set();

  onTestCaseResult({ path }, { fullName, failureMessages }) {
    const reason = failureMessages.map(withoutStack).join('\n');
    const once = `${path} ${reason}`;
    if (failureMessages.length === 0 || this.seen.has(once)) return;
    this.seen.add(once);
    stdout.write(`FAILS ${basename(path)}: ${fullName}\n${reason}\n`);
  }
};

const withoutStack = (message) =>
  stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .map((line) => `    ${line}`)
    .slice(0, 30)
    .join('\n');
