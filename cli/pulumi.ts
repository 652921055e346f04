import * as pulumi from '@pulumi/pulumi';
import { IssuesError } from '../constructs/issue';
import { deploy } from './deploy/deploy';
import { lineIn } from './project/place';

// Pulumi runs this file as its program, and waits for the function that it exports.
export = async (): Promise<void> => {
  const project = pulumi.getRootDirectory();
  try {
    await deploy(pulumi.getStack(), project);
  } catch (error) {
    if (!(error instanceof IssuesError)) throw error;
    throw new pulumi.RunError(error.issues.map(lineIn(project)).join('\n'));
  }
};
