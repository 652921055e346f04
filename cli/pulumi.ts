import * as pulumi from '@pulumi/pulumi';
import { IssuesError } from '../constructs/issue';
import { deploy } from './deploy/deploy';

// The Pulumi program: Pulumi loads this file and awaits the function that it exports.
export = async (): Promise<void> => {
  try {
    await deploy(pulumi.getStack(), pulumi.getRootDirectory());
  } catch (error) {
    throw error instanceof IssuesError ? new pulumi.RunError(error.message) : error;
  }
};
