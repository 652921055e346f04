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
    // It runs in the project's folder by now; Pulumi's own path to it may have symbolic links.
    throw new pulumi.RunError(error.issues.map(lineIn(process.cwd())).join('\n'));
  }
};
