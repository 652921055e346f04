import { IssuesError, type Issue } from '../constructs/issue';
import { fail } from './failure';
import { stackPosition } from './project/place';
import { insteadOfExit } from './project/stack-code';

/** How long a stack may keep the process alive after the command, in milliseconds. */
const openTime = 2000;

/**
 * Lets the process of a command end only as the command does. It fails if a stack calls process.exit(), or keeps the
 * process alive for ever.
 *
 * @returns a function to call when the command has ended
 */
export function watchEnd(project: string): () => void {
  let hasEnded = false;
  process.on('exit', (code) => {
    // process.exit() calls this function, so the stack trace contains the line that called it.
    const call = new Error('process.exit');
    const isOfStack = stackPosition(call, project) !== undefined;
    if (!isOfStack && (hasEnded || code !== 0)) return;
    const issue = isOfStack ? { ...exitIssue, place: call } : endlessIssue;
    fail(new IssuesError([issue]), project, false);
  });
  return () => {
    hasEnded = true;
    // Without open handles, the process ends before this timer.
    setTimeout(() => {
      fail(new IssuesError([openIssue()]), project, false);
      process.exit();
    }, openTime).unref();
  };
}

const exitIssue: Issue = {
  path: 'stacks',
  field: 'process.exit(…)',
  got: undefined,
  write: insteadOfExit,
  sentence: `a stack calls process.exit(…): ${insteadOfExit}`,
};

const again = 'run it again';
const endlessIssue: Issue = {
  path: 'catamaran',
  field: 'command',
  got: undefined,
  write: again,
  sentence: `the command waits for something that never ends: ${again}`,
};

function openIssue(): Issue {
  const kinds = [...new Set(process.getActiveResourcesInfo())].filter((kind) => !/^(?:TTY|Pipe)/.test(kind));
  const what = kinds.length > 0 ? ` (${kinds.join(', ')})` : '';
  const write = 'close it, because a stack only describes an application';
  const sentence = `something of a stack is still open after the end of the command${what}: ${write}`;
  return { path: 'stacks', field: 'open', got: kinds, write, sentence };
}
