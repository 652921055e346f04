import * as pulumi from '@pulumi/pulumi';
import { IssuesError } from '../constructs/issue';
import { deploy } from './deploy/deploy';

// Pulumi runs this file as its program, and waits for the function that it exports.
export = async (): Promise<void> => {
  try {
    await deploy(pulumi.getStack(), pulumi.getRootDirectory());
  } catch (error) {
    throw error instanceof IssuesError ? new pulumi.RunError(error.message) : error;
  }
};
