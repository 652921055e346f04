import { apiOf, parseName } from '../../../../cli/project/registry/name';

const digest = `sha256:${'a'.repeat(64)}`;

test.each([
  ['nginx:1.27', 'docker.io', 'library/nginx', '1.27'],
  ['nginxinc/nginx-unprivileged:1.27', 'docker.io', 'nginxinc/nginx-unprivileged', '1.27'],
  ['docker.io/nginx:1.27', 'docker.io', 'library/nginx', '1.27'],
  ['index.docker.io/team/api:2', 'docker.io', 'team/api', '2'],
  ['quay.io/prometheus/prometheus:v3', 'quay.io', 'prometheus/prometheus', 'v3'],
  ['registry.example.com/api:1', 'registry.example.com', 'api', '1'],
  ['localhost/api:1', 'localhost', 'api', '1'],
  ['registry:5000/a/b/api:1.0-rc_2', 'registry:5000', 'a/b/api', '1.0-rc_2'],
  [`nginx@${digest}`, 'docker.io', 'library/nginx', digest],
  [`registry:5000/api:1@${digest}`, 'registry:5000', 'api', digest],
])("Docker's rules read %s", (reference, registry, repository, tag) => {
  expect(parseName(reference)).toEqual({ registry, repository, tag });
});

test.each([
  ['docker.io', 'https://registry-1.docker.io'],
  ['quay.io', 'https://quay.io'],
  ['registry.example.com:5000', 'https://registry.example.com:5000'],
  ['127.0.0.1:5000', 'http://127.0.0.1:5000'],
  ['localhost:5000', 'http://localhost:5000'],
  ['[::1]:5000', 'http://[::1]:5000'],
  ['127.example.com', 'https://127.example.com'],
  ['localhost.example.com', 'https://localhost.example.com'],
])('only a registry on this machine is asked without TLS: %s', (registry, api) => {
  expect(apiOf(registry)).toBe(api);
});
