import { Application, Backend, Image, type Environment } from 'catamaran';
import type { RefusedEntry } from '../entry';
import { dev, noBindMounts, staging } from '../places';

class TraefikGolang extends Application {
  constructor(environment: Environment) {
    super('traefik-golang', environment, { folder: __dirname });
    const backend = new Backend(this, 'backend', {
      image: Image.build('backend'),
      port: 80,
      labels: { 'traefik.enable': 'true' },
    });
    new Backend(this, 'frontend', {
      image: 'traefik:3.5',
      port: 80,
      publish: 80,
      args: ['--providers.docker', '--entrypoints.web.address=:80'],
      bindMounts: [{ folder: '/var/run/docker.sock', path: '/var/run/docker.sock' }],
      waitsFor: [backend],
    });
  }
}

const noSocket =
  'traefik-golang/frontend: bindMounts has /var/run/docker.sock, the socket of the engine, and a program that has it is root of ' +
  'the host: write a ReverseProxy for routes, or run a program that manages containers outside of the application';

export const traefikGolang: RefusedEntry = {
  application: TraefikGolang,
  onDocker: dev(),
  onKubernetes: staging(),
  messages: { docker: [noSocket], kubernetes: [noSocket, noBindMounts('traefik-golang/frontend')] },
};
