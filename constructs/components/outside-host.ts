import { hostProblem } from '../model/host-name';
import { isHost } from '../model/name';
import { publicAddresses, type Connection, type Protocol } from '../model/network';
import { dockerHost, placeOf } from '../model/outside';

/** What to write instead of a host that is no service outside the application; undefined if it can be one. */
export function outsideProblem(host: string): string | undefined {
  switch (placeOf(host).kind) {
    case 'itself':
      return `the name of another host, because this is the container itself: ${dockerHost} is the Docker host`;
    case 'metadata':
      return (
        "another host: this is the cloud's metadata server, which gives the credentials of the machine to whoever " +
        'asks, so it stays closed. Give the program its own credentials, as secrets'
      );
    case 'docker-host':
      return host === dockerHost ? undefined : dockerHost;
    case 'address':
    case 'private-name':
    case 'name':
      return undefined;
  }
}

/** What to write instead of the wrong host of a managed service; undefined if it is right. */
export function managedHostProblem(host: string): string | undefined {
  if (isHost(host)) return outsideProblem(host);
  return hostProblem(host) ?? 'a host name or IPv4 address, such as db.example.com';
}

/**
 * The permission to connect to a service outside the application.
 * @param addresses those that the stack names; otherwise, the host tells them
 */
export function externalConnection(
  name: string,
  at: { readonly host: string; readonly port: number; readonly protocol: Protocol },
  addresses?: readonly string[],
): Connection {
  const { host, port, protocol } = at;
  const place = placeOf(host);
  if (place.kind === 'docker-host') return { kind: 'host', name, port, protocol };
  const own = place.kind === 'address' ? [place.block] : publicAddresses;
  return { kind: 'external', name, host, port, protocol, addresses: addresses ?? own };
}
