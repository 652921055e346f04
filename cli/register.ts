import { registerTypeScript } from './project/typescript';

// `node --require catamaran/register` can load stacks in TypeScript, in the same way as synth.
registerTypeScript(process.cwd());
