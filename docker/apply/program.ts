import * as pulumi from '@pulumi/pulumi';
import { unique } from '../../constructs/model/sorted';
import { fillTemplate, secretsOf } from '../../constructs/model/template';
import type { Container } from '../container';
import { prefixed } from '../restrictions';

/** The variables of a container, with the values of their secrets. @param secret the value of a secret by name */
export function variablesOf(
  { environment }: Container,
  secret: (name: string) => pulumi.Output<string>,
): pulumi.Input<string>[] {
  return Object.entries(environment).map(([name, template]) => {
    const secrets = secretsOf(template);
    if (secrets.length === 0) return `${name}=${fillTemplate(template, new Map())}`;
    return pulumi.all(secrets.map(secret)).apply((values) => {
      const byName = new Map(secrets.map((one, index) => [one, values[index] ?? '']));
      return `${name}=${fillTemplate(template, byName)}`;
    });
  });
}

/** The capabilities of a container. Those of an override are passed on as they are. */
export function capabilitiesOf({ capabilities, engine }: Container): string[] {
  return unique([...capabilities.map(prefixed), ...(engine.capabilities ?? [])]);
}
