import type { Feature } from '../model/features';
import type { Kind } from '../shape/kind';
import { oneOf } from '../shape/words';

/** The fields of the model, which `accept` can name. */
const features = {
  name: true,
  run: true,
  schedule: true,
  image: true,
  shell: true,
  entrypoint: true,
  arguments: true,
  variables: true,
  files: true,
  secretFiles: true,
  addedSecrets: true,
  fileModes: true,
  volumes: true,
  sharedVolumes: true,
  bindMounts: true,
  scratch: true,
  root: true,
  user: true,
  privilege: true,
  capabilities: true,
  ports: true,
  exposure: true,
  authentication: true,
  ownName: true,
  routes: true,
  tls: true,
  trustedProxies: true,
  replicas: true,
  autoscaling: true,
  cpu: true,
  memory: true,
  processes: true,
  readiness: true,
  liveness: true,
  gate: true,
  after: true,
  connections: true,
  grace: true,
  deadline: true,
  labels: true,
  annotations: true,
  workingDirectory: true,
  terminal: true,
  stdin: true,
  init: true,
  stopSignal: true,
  platform: true,
  exceptions: true,
} satisfies Readonly<Record<Feature, true>>;

/** Whether a value is the name of a field of the model. */
export function isFeature(value: unknown): value is Feature {
  return typeof value === 'string' && Object.hasOwn(features, value);
}

/** The name of one field of the model. */
export const feature: Kind<Feature> = oneOf(...(Object.keys(features) as Feature[]));
