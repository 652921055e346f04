import {
  argoCd,
  Backend,
  Duration,
  envFile,
  existingSecret,
  flux,
  generated,
  kubernetes,
  pulumiConfig,
  Secret,
  type ArgoCdOptions,
  type FluxOptions,
  type KubernetesOptions,
  type SecretSource,
} from 'catamaran';
import { issuesOfApp, planOfApp, type Build } from '../../support/application';

const shop: Build = (app) => new Backend(app, 'api', { image: 'api:1.0', port: 8000 });
const label = 'only lower-case letters, digits and - are allowed';
const repository = 'https://git.example.com/raft/gitops.git';

function placed(gitops: NonNullable<KubernetesOptions['gitops']>, secrets?: SecretSource) {
  return kubernetes({ namespace: 'shop', gitops, ...(secrets && { secrets }) });
}

const withArgoCd = (options: Partial<ArgoCdOptions>) => placed(argoCd({ repository, ...options }));
const withFlux = (options: Partial<FluxOptions>) =>
  placed(flux({ sourceRef: { name: 'gitops' }, ...options }));

test.each([
  '',
  'gitops',
  'ftp://git.example.com/gitops.git',
  'https://git.example.com',
  'https://git.example.com/a b.git',
])('a repository that is not a Git URL is refused: %p', (wrong) => {
  expect(issuesOfApp(shop, withArgoCd({ repository: wrong }))).toEqual([
    `shop (dev): gitops.repository is ${JSON.stringify(wrong)}: write the URL of a Git repository, such as ` +
      'https://host/team/name.git',
  ]);
});

test.each(['https://raft:hunter2@git.example.com/gitops.git', 'https://hunter2@git.example.com/gitops.git'])(
  'a password in the URL of a repository is refused, and not shown',
  (wrong) => {
    expect(issuesOfApp(shop, withArgoCd({ repository: wrong }))).toEqual([
      'shop (dev): gitops.repository is a URL with a password: write the URL without it, because Argo CD ' +
        'has its own credentials',
    ]);
  },
);

test.each(['ssh://git@git.example.com/raft/gitops.git', 'git@git.example.com:raft/gitops.git', repository])(
  'the repository %s is taken',
  (taken) => {
    expect(() => planOfApp(shop, withArgoCd({ repository: taken }))).not.toThrow();
  },
);

test.each(['', '/dist', '../gitops', 'apps/../../gitops', './dist', 'dist/', 'dist//apps', 'di st'])(
  'a folder outside the repository, or in another spelling, is refused: %p',
  (path) => {
    const issue = `shop (dev): gitops.path is ${JSON.stringify(path)}: write a folder of the repository, such as dist, or . for the whole repository`;
    expect(issuesOfApp(shop, withArgoCd({ path }))).toEqual([issue]);
    expect(issuesOfApp(shop, withFlux({ path }))).toEqual([issue]);
  },
);

test.each(['.', 'dist', 'clusters/eu-1/apps'])('the folder %s is taken', (path) => {
  expect(() => planOfApp(shop, withArgoCd({ path }))).not.toThrow();
});

test('everything else that Argo CD could not use is told at once', () => {
  const place = withArgoCd({ revision: 'a b', project: 'My Raft', server: 'cluster', namespace: 'Argo' });
  expect(issuesOfApp(shop, place)).toEqual([
    `shop (dev): gitops.namespace is "Argo": write argo: ${label}`,
    'shop (dev): gitops.revision is "a b": write a branch, a tag or a commit',
    `shop (dev): gitops.project is "My Raft": write my-raft: ${label}`,
    'shop (dev): gitops.server is "cluster": write the URL of an API server, such as ' +
      'https://kubernetes.default.svc',
  ]);
});

test('everything else that Flux could not use is told at once', () => {
  const place = withFlux({
    sourceRef: { name: 'Git Ops', namespace: '' },
    namespace: 'flux_system',
    interval: Duration.seconds(59),
    timeout: Duration.minutes(1441),
    decryption: { secret: '' },
  });
  expect(issuesOfApp(shop, place)).toEqual([
    `shop (dev): gitops.namespace is "flux_system": write flux-system: ${label}`,
    `shop (dev): gitops.sourceRef.name is "Git Ops": write git-ops: ${label}`,
    'shop (dev): gitops.sourceRef.namespace is "": write a name, such as shop',
    'shop (dev): gitops.interval is 59 seconds: write 60 to 86400 seconds',
    'shop (dev): gitops.timeout is 86460 seconds: write 10 to 86400 seconds',
    'shop (dev): gitops.decryption.secret is "": write a name, such as shop',
  ]);
});

describe('secrets that only a person could bring to the cluster', () => {
  const secretive: Build = (app) =>
    new Backend(app, 'api', { image: 'api:1.0', port: 8000, env: Secret.variables('TOKEN', 'API_KEY') });

  test.each([envFile(), pulumiConfig(), generated({ others: pulumiConfig() })])(
    'are refused where a controller deploys: $kind',
    (secrets) => {
      expect(issuesOfApp(secretive, placed(argoCd({ repository }), secrets))).toEqual([
        `shop (dev): secrets is ${secrets.kind}, from which Argo CD cannot make a Secret with API_KEY, TOKEN: ` +
          'write existingSecret(…), externalSecrets(…), sealedSecrets(…), or sops(…) with the decryption of Flux',
      ]);
    },
  );

  test('are accepted if no component needs one, or if no controller deploys', () => {
    expect(() => planOfApp(shop, placed(argoCd({ repository }), envFile()))).not.toThrow();
    expect(() => planOfApp(secretive, kubernetes({ namespace: 'shop', secrets: envFile() }))).not.toThrow();
  });

  test('of an existing Secret are accepted', () => {
    expect(() =>
      planOfApp(secretive, placed(flux({ sourceRef: { name: 'gitops' } }), existingSecret('shop'))),
    ).not.toThrow();
  });
});
