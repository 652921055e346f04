import { randomBytes } from 'node:crypto';
import * as pulumi from '@pulumi/pulumi';

// Hexadecimal digits need no escaping in a URL.
const provider: pulumi.dynamic.ResourceProvider = {
  create: () => {
    const value = randomBytes(24).toString('hex');
    return Promise.resolve({ id: 'made', outs: { value } });
  },
  // Pulumi compares the code of a provider: without this, another version of this code would generate a new value.
  diff: () => Promise.resolve({ changes: false }),
};

/** A random text. It is generated once and kept in the state of the Pulumi stack, encrypted. */
export class RandomText extends pulumi.dynamic.Resource {
  declare readonly value: pulumi.Output<string>;

  constructor(name: string) {
    super(provider, name, { value: undefined }, { additionalSecretOutputs: ['value'] });
  }
}
