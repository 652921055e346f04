import { hostProblem } from './host-name';

/** Headers that the programs that ask write themselves. */
const ownHeaders =
  /^(?:connection|content-length|content-type|expect|keep-alive|range|te|trailer|transfer-encoding|upgrade)$/i;

/** Headers whose value is a secret. */
const secretHeaders =
  /^(?:proxy-)?authorization$|^cookie$|(?:^|-)(?:api-?key|auth|password|secret|token|access-?key|credentials?)$/i;

/**
 * What to write instead of a wrong name of a header; undefined if the name is good.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#HTTPGetAction
 */
export function headerNameProblem(name: string): string | undefined {
  if (!/^[-A-Za-z0-9]+$/.test(name)) return 'a name of letters, digits and -, such as Accept';
  if (/^host$/i.test(name)) return "host: 'shop.example.com' beside headers";
  if (ownHeaders.test(name)) return 'other headers, because the program that asks writes this one';
  if (secretHeaders.test(name))
    return 'a path that needs no login, because a header of a check is written as plain text';
  return undefined;
}

/** What to write instead of a wrong value of a header; undefined if the value is good. */
export function headerValueProblem(value: string): string | undefined {
  if (value === '') return 'a text, or leave the header out';
  if (/[^\x20-\x7e]/.test(value)) return 'a text of ASCII characters without line breaks';
  return value === value.trim() ? undefined : 'a text without spaces at its ends';
}

/** What to write instead of a wrong value of the header Host; undefined if it is a host name, with a port or without. */
export function headerHostProblem(host: string): string | undefined {
  const [, name = host, port = '80'] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  if (Number(port) < 1 || Number(port) > 65_535)
    return `${name} with a port from 1 to 65535, or without a port`;
  return /^\d+(?:\.\d+){3}$/.test(name) ? undefined : hostProblem(name);
}

/** What to write instead of a wrong name of a gRPC service; undefined if it is good. An empty one is the whole server. */
export function serviceProblem(service: string): string | undefined {
  if (/[^\w.\-/]/.test(service)) return 'letters, digits and . _ - /, such as shop.Orders';
  return service.length > 250 ? `at most 250 characters: this has ${service.length}` : undefined;
}
