import type { Finished, Runner, RunOptions } from '../../constructs/target/runner';

/** How a fake program ends: what it prints, or parts of the result. */
type Answer = string | Partial<Finished>;

/** A fake of the programs of a machine, and how they were called. */
export interface FakeRunner {
  readonly run: Runner;
  /** Each call as a line: `docker container ls`. */
  readonly calls: readonly string[];
  /** The calls whose whole output the user sees. */
  readonly shown: readonly string[];
  readonly inputs: readonly string[];
}

/** A fake whose function answers for every program. @param answer takes the program and its arguments as one line */
export function fakeRunner(answer: (line: string) => Answer = () => ''): FakeRunner {
  const calls: string[] = [];
  const shown: string[] = [];
  const inputs: string[] = [];
  const run: Runner = (program, args, options: RunOptions = {}) => {
    const line = [program, ...args].join(' ');
    calls.push(line);
    inputs.push(options.input ?? '');
    if (options.shows === 'everything') shown.push(line);
    return Promise.resolve(finished(answer(line)));
  };
  return { run, calls, shown, inputs };
}

/** The full result of a fake program. */
export function finished(answer: Answer): Finished {
  const {
    code = 0,
    stdout = '',
    stderr = '',
    ...rest
  } = typeof answer === 'string' ? { stdout: answer } : answer;
  return { code, stdout, stderr, output: stdout + stderr, ...rest };
}

/** Every container is healthy, every release is out, and every Job has run. */
export const allIsWell = fakeRunner((line) => {
  if (line.includes('container inspect'))
    return JSON.stringify({ State: healthyState, NetworkSettings: { Networks: {} } });
  const job = { status: { conditions: [{ type: 'Complete', status: 'True' }] }, items: [] };
  return line.includes(' get ') ? JSON.stringify(job) : '';
}).run;

/** What an engine says of a container that is healthy. */
export const healthyState = { Status: 'running', ExitCode: 0, Health: { Status: 'healthy', Log: null } };
