import { Backend, HostProgram, Migration, type Application, type BackendProps } from 'catamaran';
import { summaryOf } from '../../constructs/pipeline/summary';
import {
  issuesOfApp,
  onDocker,
  onKubernetes,
  planOfApp,
  withProps,
  workloadOfApp,
  type Build,
} from '../support/application';
import { composeOf, objectOf, serviceOf } from '../support/written';
import { both, noteOf } from './support';

const internet: Partial<BackendProps> = {
  internet: { ports: [443, { number: 53, protocol: 'udp' }], addresses: ['10.1.0.0/16'] },
};

describe('internet', () => {
  const places = [
    {
      ipBlock: {
        cidr: '0.0.0.0/0',
        except: [
          '0.0.0.0/8',
          '10.0.0.0/8',
          '100.64.0.0/10',
          '127.0.0.0/8',
          '168.63.129.16/32',
          '169.254.0.0/16',
          '172.16.0.0/12',
          '192.0.0.0/24',
          '192.168.0.0/16',
          '198.18.0.0/15',
          '224.0.0.0/4',
          '240.0.0.0/4',
        ],
      },
    },
    {
      ipBlock: {
        cidr: '::/0',
        except: ['::/128', '::1/128', '64:ff9b:1::/48', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
      },
    },
    { ipBlock: { cidr: '10.1.0.0/16' } },
  ];

  test('opens its ports to public addresses and the added ones, and nothing else', () => {
    const { docker, kubernetes } = both(withProps(internet));
    expect(objectOf(kubernetes, 'NetworkPolicy', 'api').spec?.egress?.slice(-2)).toEqual([
      { to: places, ports: [{ protocol: 'TCP', port: 443 }] },
      { to: places, ports: [{ protocol: 'UDP', port: 53 }] },
    ]);
    expect(composeOf(docker).networks).toEqual({ api_outbound: {} });
    expect(serviceOf(docker, 'api').networks).toEqual({ api_outbound: {} });
    expect(docker.notes.map(({ note }) => note)).toContain(
      'Networks of Docker cannot filter: internet and a HostProgram open every port of every address outside, including ' +
        'the metadata address of a cloud, private networks, and the host',
    );
  });

  test('is told as a need and an edge on both targets', () => {
    for (const place of [onDocker, onKubernetes])
      expect(summaryOf(planOfApp(withProps(internet), place))).toMatchObject({
        edges: [
          'api -> internet:443 (any public address, 10.1.0.0/16)',
          'api -> internet:53/udp (any public address, 10.1.0.0/16)',
        ],
        needs: [
          'api: internet (may connect to every public address and to 10.1.0.0/16, at port 443, 53/udp)',
        ],
      });
  });

  test('is forbidden by an environment', () => {
    for (const place of [onDocker, onKubernetes])
      expect(
        issuesOfApp(withProps({ internet: { ports: [443] } }), { ...place, forbid: ['internet'] }),
      ).toEqual([
        'shop/api: internet: api may connect to every public address, at port 443, and environment dev forbids internet: ' +
          "write a component without this need, or take 'internet' out of forbid in environment dev",
      ]);
  });

  test.each<[BackendProps['internet'], string]>([
    [{ ports: [] }, 'internet.ports is []: write at least one port, such as [443]'],
    [{ ports: [0] }, 'internet.ports is 0: write a whole number from 1 to 65535'],
    [
      { ports: [443], addresses: ['10.1.0.0'] },
      'internet.addresses is "10.1.0.0": write 10.1.0.0/32, a CIDR block',
    ],
    [
      { ports: [443], addresses: ['127.0.0.1/32'] },
      'internet.addresses is "127.0.0.1/32": write no block of 127.0.0.0/8, 0.0.0.0/8 and ::1, which is the container itself',
    ],
    [443 as never, 'internet is 443: write { ports: [443] }'],
    [{ ports: 443 } as never, 'internet.ports is 443: write [443]'],
    [
      { ports: [{ number: 53, protocol: 'icmp' }] } as never,
      'internet.ports[0].protocol is "icmp": write one of tcp, udp',
    ],
    [
      { ports: [443], adresses: [] } as never,
      'internet.adresses is not a field of internet: did you mean addresses?',
    ],
  ])('%j is refused', (wrong, message) => {
    expect(issuesOfApp(withProps({ internet: wrong } as Partial<BackendProps>))).toEqual([
      `shop/api: ${message}`,
    ]);
  });

  test('of a migration is not passed on to those who wait for it', () => {
    const build: Build = (app) => {
      const command = { command: ['up'], check: ['is-up'] };
      const migration = new Migration(app, 'migration', {
        image: 'api:1.0',
        ...command,
        internet: { ports: [443] },
      });
      new Backend(app, 'api', { image: 'api:1.0', port: 8000, waitsFor: [migration] });
    };
    expect(workloadOfApp('api', build, onKubernetes).connections).toEqual([]);
    expect(workloadOfApp('migration', build, onKubernetes).connections).toHaveLength(1);
  });
});

describe('a program of the Docker host', () => {
  const build = (app: Application): void => {
    const ollama = new HostProgram(app, 'ollama', { port: 11434 });
    const env = { URL: ollama.url, ENDPOINT: ollama.endpoint, HOST: ollama.host, PORT: ollama.port };
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env });
  };

  test('is reached on Docker by the name of the host, in a network in which the host has an address', () => {
    const docker = planOfApp(build, onDocker);
    expect(serviceOf(docker, 'api')).toMatchObject({
      environment: {
        URL: 'http://host.docker.internal:11434',
        ENDPOINT: 'host.docker.internal:11434',
        HOST: 'host.docker.internal',
        PORT: '11434',
      },
      extra_hosts: { 'host.docker.internal': 'host-gateway' },
      networks: { api_outbound: {} },
    });
    expect(summaryOf(docker)).toMatchObject({
      edges: ['api -> ollama:11434 (the Docker host)'],
      needs: ['api: host-program (may connect to the Docker host, for ollama at port 11434)'],
    });
    expect(issuesOfApp(build, { ...onDocker, forbid: ['host-program'] })).toEqual([
      'shop/api: HostProgram: api may connect to the Docker host, for ollama at port 11434, and environment dev forbids ' +
        "host-program: write a component without this need, or take 'host-program' out of forbid in environment dev",
    ]);
  });

  test('is refused on Kubernetes, where a server can stand for it', () => {
    const reason =
      'a pod runs on any node of a cluster, and none of them is the host that the program runs on';
    expect(issuesOfApp(build, onKubernetes)).toEqual([
      `shop/api: connections is ollama at port 11434 of the Docker host, which Kubernetes refuses: ${reason}. Write ` +
        "components: { ollama: { managed: { host: 'server.example.com' } } } in the environment, with the server that " +
        "runs it, or an ExternalApi with its URL; or accept this with accept: ['connections'] in environment dev",
    ]);
    const accepted = planOfApp(build, { ...onKubernetes, accept: ['connections'] });
    expect(noteOf(accepted, 'connections')?.note).toBe(`accepted: ${reason}`);
    expect(JSON.stringify(objectOf(accepted, 'NetworkPolicy', 'api'))).not.toContain('11434');
    const components = { ollama: { managed: { host: '10.0.0.9', port: 80 } } };
    expect(workloadOfApp('api', build, { ...onKubernetes, components })).toMatchObject({
      connections: [{ kind: 'external', host: '10.0.0.9', port: 80, addresses: ['10.0.0.9/32'] }],
      variables: { URL: ['http://10.0.0.9:80'] },
    });
  });

  test.each([
    [{ port: 0 }, 'port is 0: write a whole number from 1 to 65535'],
    [
      { port: 80, scheme: 'http://' },
      'scheme is "http://": write the scheme of a URL without ://, such as http',
    ],
  ])('with %j is refused', (props, message) => {
    expect(issuesOfApp((app) => new HostProgram(app, 'ollama', props))).toContain(`shop/ollama: ${message}`);
  });
});
