const { stdout } = require('node:process');

/** Lists the tests that did not run, and why, which the name of their group says. */
module.exports = class NotRun {
  onRunComplete(_contexts, { testResults }) {
    const tests = testResults.flatMap((file) => file.testResults);
    for (const { fullName } of tests.filter(({ status }) => status === 'pending'))
      stdout.write(`NOT RUN ${fullName}\n`);
  }
};
