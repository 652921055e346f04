import * as pulumi from '@pulumi/pulumi';
import { IssuesError } from '../constructs/issue';
import { deploy } from './deploy/deploy';
import { lineIn } from './project/place';

// The Pulumi program: Pulumi loads this file and awaits the function that it exports.
export = async (): Promise<void> => {
  try {
    await deploy(pulumi.getStack(), pulumi.getRootDirectory());
  } catch (error) {
    if (!(error instanceof IssuesError)) throw error;
    // deploy() has made the project's folder the working directory. The path that Pulumi gives may have symbolic links.
    throw new pulumi.RunError(error.issues.map(lineIn(process.cwd())).join('\n'));
  }
};
