import { registerTypeScript } from './project/typescript';

// For `node --require catamaran/register`: stacks and their tests are loaded as synth loads them.
registerTypeScript(process.cwd());
