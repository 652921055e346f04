/** For Jest: what a shell or Python file exports is its text, as in the build. */
module.exports = { process: (text) => ({ code: `module.exports = ${JSON.stringify(text)};` }) };
