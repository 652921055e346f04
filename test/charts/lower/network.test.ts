import { Backend, ExternalApi, kubernetes, type Application, type DnsServer } from 'catamaran';
import { issuesOfApp, planOfApp, withProps } from '../../support/application';
import { objectOf } from '../../support/written';

const place = (dns?: readonly DnsServer[]) => kubernetes({ namespace: 'shop', ...(dns && { dns }) });

function egressOf(dns?: readonly DnsServer[], build: (app: Application) => void = withProps()) {
  return objectOf(planOfApp(build, place(dns)), 'NetworkPolicy', 'api').spec?.egress;
}

const asked = (port: number) => [
  { protocol: 'UDP', port },
  { protocol: 'TCP', port },
];
const podsOf = (namespace: string, labels: Readonly<Record<string, string>>) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: { matchLabels: labels },
});
const block = (cidr: string) => ({ ipBlock: { cidr } });

test('pods may ask the DNS servers of most clusters, at the ports of the servers themselves', () => {
  expect(egressOf()).toEqual([
    {
      to: [
        podsOf('kube-system', { 'k8s-app': 'kube-dns' }),
        podsOf('kube-system', { 'k8s-app': 'node-local-dns' }),
        // Caches on the nodes: of Kubernetes, of Kubespray and of Azure. Then Cloud DNS of Google.
        block('169.254.20.10/32'),
        block('169.254.25.10/32'),
        block('169.254.10.11/32'),
        block('169.254.169.254/32'),
        // Addresses of the DNS Service: of kubeadm, of Amazon, and of Google.
        block('10.96.0.10/32'),
        block('10.100.0.10/32'),
        block('172.20.0.10/32'),
        block('34.118.224.10/32'),
      ],
      ports: asked(53),
    },
    {
      to: [podsOf('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' })],
      ports: asked(5353),
    },
    { to: [podsOf('kube-system', { 'k8s-app': 'kube-dns' })], ports: asked(8053) },
  ]);
});

test('the metadata server of a cloud stays closed, apart from its DNS', () => {
  const outside = (app: Application) => {
    const web = new ExternalApi(app, 'web', { url: 'http://api.example.com' });
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: { WEB_URL: web.url } });
  };
  const rules = egressOf(undefined, outside) ?? [];
  const open = rules.filter(({ to }) => to?.some(({ ipBlock }) => ipBlock?.cidr === '169.254.169.254/32'));
  expect(open.map(({ ports }) => ports)).toEqual([asked(53)]);
  const [web] = rules.filter(({ ports }) => ports?.some(({ port }) => port === 80));
  expect(web?.to?.map(({ ipBlock }) => ipBlock?.except)).toEqual([
    ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  ]);
});

test('an environment names the DNS servers of its cluster, and then pods may ask no others', () => {
  expect(
    egressOf([
      { pods: { namespace: 'dns', labels: { tier: 'one', app: 'coredns' } }, port: 1053 },
      { addresses: ['fd00::10/128', '10.0.0.53/32'] },
      { pods: { namespace: 'cache', labels: { app: 'cache' } }, addresses: ['169.254.1.1/32'], port: 1053 },
    ]),
  ).toEqual([
    {
      to: [
        podsOf('dns', { app: 'coredns', tier: 'one' }),
        podsOf('cache', { app: 'cache' }),
        block('169.254.1.1/32'),
      ],
      ports: asked(1053),
    },
    { to: [block('fd00::10/128'), block('10.0.0.53/32')], ports: asked(53) },
  ]);
});

test.each<[readonly DnsServer[], string[]]>([
  [[], ['dns is []: write at least one server, or leave dns out for the servers of most clusters']],
  [[{}], ['dns[0].addresses is []: write at least one CIDR block, or pods']],
  [
    [{ addresses: ['10.0.0.53'], port: 0 }],
    [
      'dns[0].addresses is "10.0.0.53": write a CIDR block, such as 10.20.0.0/16',
      'dns[0].port is 0: write a whole number from 1 to 65535',
    ],
  ],
  [
    [{ addresses: ['10.0.0.53/32'] }, { pods: { namespace: 'Dns', labels: {} } }],
    [
      'dns[1].pods.namespace is "Dns": write dns: only lower-case letters, digits and - are allowed',
      "dns[1].pods.labels is {}: write the labels of the server's pods, because no labels would select every pod of " +
        'the namespace',
    ],
  ],
])('DNS servers that are wrong are told: %j', (dns, issues) => {
  expect(issuesOfApp(withProps(), place(dns))).toEqual(issues.map((issue) => `shop (dev): ${issue}`));
});

test.each<[unknown, string]>([
  ['10.0.0.53', `dns is "10.0.0.53": write [{ addresses: ['10.0.0.53/32'] }]`],
  [[null], "dns[0] is null: write { addresses: ['10.0.0.53/32'] }"],
  [
    [{ pods: 'coredns' }],
    `dns[0].pods is "coredns": write { namespace: 'ingress-nginx', labels: { 'app.kubernetes.io/name': 'ingress-nginx' } }`,
  ],
])('DNS servers that are no list of objects are refused: %j', (dns, told) => {
  const options = { namespace: 'shop', dns } as unknown as Parameters<typeof kubernetes>[0];
  expect(issuesOfApp(withProps(), kubernetes(options))).toEqual([`shop (dev): ${told}`]);
});
