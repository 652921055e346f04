import * as docker from '@pulumi/docker';
import type * as pulumi from '@pulumi/pulumi';
import { inboundOnly, withoutHost, type Network } from '../container';
import type { Label } from './engine';

/** A network. @param onEngine its name on the engine */
export function network(
  { name, kind }: Network,
  onEngine: string,
  mark: Label,
  options: pulumi.CustomResourceOptions,
): docker.Network {
  const args = {
    edge: { internal: true, options: withoutHost },
    publish: { options: inboundOnly },
    outbound: {},
  }[kind];
  return new docker.Network(name, { name: onEngine, labels: [mark], ...args }, options);
}
