import { randomBytes } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';

// Hexadecimal, so that a value may stand in a URL as it is.
const provider: pulumi.dynamic.ResourceProvider = {
  create: () => {
    const value = randomBytes(24).toString('hex');
    return Promise.resolve({ id: 'made', outs: { value } });
  },
  // Another version of this code keeps what a former one made.
  diff: () => Promise.resolve({ changes: false }),
};

/** A random text that is made once and kept in the state of the stack, encrypted. */
export class RandomText extends pulumi.dynamic.Resource {
  declare readonly value: pulumi.Output<string>;

  constructor(name: string) {
    super(provider, name, { value: undefined }, { additionalSecretOutputs: ['value'] });
  }
}
