import * as pulumi from '@pulumi/pulumi';
import { IssuesError } from '../constructs/issue';
import { runProgram } from '../constructs/target/runner';
import { deploy } from './deploy/deploy';
import { pulumiCommand } from './deploy/pulumi-command';
import { lineIn } from './project/place';
import { targets } from './targets';

// The Pulumi program: Pulumi loads this file and awaits the function that it exports.
export = async (): Promise<void> => {
  try {
    const command = await pulumiCommand(runProgram);
    const surroundings = { command, run: runProgram, targets };
    await deploy(pulumi.getStack(), pulumi.getRootDirectory(), surroundings);
  } catch (error) {
    if (!(error instanceof IssuesError)) throw error;
    // deploy() has made the project's folder the working directory. The path that Pulumi gives may have symbolic links.
    throw new pulumi.RunError(error.issues.map(lineIn(process.cwd())).join('\n'));
  }
};
