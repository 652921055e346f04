import { IssuesError } from '../../constructs/issue';

type Method = 'exit' | 'abort' | 'reallyExit' | 'chdir';

/** What to do instead of ending the process. */
export const insteadOfExit = 'remove this call; to stop the command, write throw new Error(…)';

/** What the code of a stack may not call: it would end the command, or change what later code finds. */
const forbidden: Readonly<Record<Method, string>> = {
  exit: insteadOfExit,
  reallyExit: insteadOfExit,
  abort: insteadOfExit,
  chdir: 'remove this call, and use paths below __dirname',
};

/**
 * Runs code of a stack. It can neither end the process nor change its folder or its exit code. What it prints goes to
 * stderr, because stdout is for the result of the command.
 *
 * @param path the path of the stack in issues
 * @throws IssuesError if the code tries to, also if it catches that error
 */
export function runStackCode<Result>(path: string, action: () => Result): Result {
  const calls: IssuesError[] = [];
  const names = Object.keys(forbidden) as Method[];
  const own = Object.fromEntries(names.map((name) => [name, Reflect.get(process, name) as unknown]));
  const refusals = names.map((name) => [
    name,
    () => {
      const error = refusal(path, `process.${name}(…)`, forbidden[name]);
      calls.push(error);
      throw error;
    },
  ]);
  const { exitCode, stdout } = process;
  const write = stdout.write.bind(stdout);
  Object.assign(process, Object.fromEntries(refusals));
  stdout.write = process.stderr.write.bind(process.stderr);
  try {
    const result = action();
    if (calls[0]) throw calls[0];
    if (process.exitCode === exitCode) return result;
    throw refusal(
      path,
      'process.exitCode',
      'leave it as it is; to stop the command, write throw new Error(…)',
    );
  } catch (error) {
    throw calls[0] ?? error;
  } finally {
    Object.assign(process, own);
    process.exitCode = exitCode;
    stdout.write = write;
  }
}

function refusal(path: string, field: string, write: string): IssuesError {
  const verb = field.endsWith(')') ? 'calls' : 'sets';
  const issue = { path, field, got: undefined, write, sentence: `a stack ${verb} ${field}: ${write}` };
  const error = new IssuesError([issue]);
  return new IssuesError([verb === 'calls' ? { ...issue, place: error } : issue]);
}
