import { Application, Backend, type Environment } from 'catamaran';
import type { RefusedEntry } from '../entry';
import { dev, noBindMounts, staging } from '../places';

class Portainer extends Application {
  constructor(environment: Environment) {
    super('portainer', environment, { folder: __dirname });
    new Backend(this, 'portainer', {
      image: 'portainer/portainer-ce:2.33.2-alpine',
      port: 9000,
      publish: 9000,
      args: ['-H', 'unix:///var/run/docker.sock'],
      volumes: { data: { path: '/data' } },
      bindMounts: [{ folder: '/var/run/docker.sock', path: '/var/run/docker.sock' }],
    });
  }
}

const noSocket =
  'portainer/portainer: bindMounts has /var/run/docker.sock, the socket of the engine, and a program that has it is root of ' +
  'the host: write a ReverseProxy for routes, or run a program that manages containers outside of the application';

export const portainer: RefusedEntry = {
  application: Portainer,
  onDocker: dev(),
  onKubernetes: staging(),
  messages: { docker: [noSocket], kubernetes: [noSocket, noBindMounts('portainer/portainer')] },
};
