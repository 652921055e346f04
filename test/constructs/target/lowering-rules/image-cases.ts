import { Backend, Health, kubernetes, oneNode, readWriteMany, Secret, SharedVolume, Worker } from 'catamaran';
import { onKubernetes, withProps as api, type Build } from '../../../support/application';
import { refusalOf, type RuleCase } from '../../../support/rules';
import { rule } from './cases';

const token = Secret.named('TOKEN');

const sharing: Build = (app) => {
  const media = new SharedVolume(app, 'media');
  api({ sharedVolumes: [{ volume: media, path: '/srv/media' }] })(app);
};

/** A worker that waits for a backend. */
const waiting =
  (health: Health): Build =>
  (app) => {
    const other = new Backend(app, 'other', { image: 'api:1.0', port: 8000, health });
    new Worker(app, 'worker', { image: 'api:1.0', waitsFor: [other] });
  };

const at = (sharedStorage: ReturnType<typeof oneNode>) =>
  kubernetes({ namespace: 'shop', secrets: onKubernetes.secrets, sharedStorage });

/** A case for each rule of both tables about what an image has, and about files and folders beside it. */
export const imageCases: readonly RuleCase[] = [
  rule(
    'docker',
    'shell',
    {
      words:
        'the engine runs a health check in the container, and an image without a shell has nothing that can ask by HTTP or ' +
        'TCP; without a check, others wait only until it has started',
      refusal: refusalOf(
        'Docker',
        'shell',
        undefined,
        'health: Health.command([…]) with a program of the image, Health.grpc() if the image has grpc_health_probe, ' +
          "Health.none('why'), or shell: 'sh' if the image has a shell",
      ),
    },
    api({ shell: 'none' }),
    api({ shell: 'none', health: Health.command(['/probe']) }),
  ),
  rule(
    'docker',
    'addedSecrets',
    {
      words:
        'The folder of the files is a read-only volume that starts with what the image has there. Other files, and an ' +
        'image with another name, tag or digest, get a new volume',
    },
    api({ secretFiles: { '/srv/keys/token': token } }),
    api(),
  ),
  rule(
    'docker',
    'fileModes',
    {
      words:
        'Everybody in the container has the rights of the group, because the files belong to root. With compose, ' +
        'configuration files have the mode 0644 or 0755, because git keeps no other',
    },
    api({ files: { '/srv/app/own.conf': { content: '', mode: '0440' } } }),
    api({ files: { '/srv/app/own.conf': { content: '', mode: '0644' } } }),
  ),
  rule(
    'docker',
    'sharedVolumes',
    {
      words:
        'The engine does not limit the size of a volume: it can grow until the disk is full. Before a container mounts it, ' +
        "another one makes the writers' user its owner: it runs the chown of the first writer's image as root, with no " +
        'other capability. The volume starts with what that image has in the folder',
    },
    sharing,
    api(),
  ),
  rule(
    'kubernetes',
    'sharedVolumes',
    {
      words:
        'All pods that mount a shared volume run on one node, because its storage cannot be mounted on several. If that ' +
        'node is drained or fails, all of them stop',
    },
    { build: sharing, place: at(oneNode()) },
    { build: sharing, place: at(readWriteMany({ storageClass: 'nfs' })) },
  ),
  rule(
    'kubernetes',
    'after',
    {
      workload: 'worker',
      words:
        'A component that waits for one with Health.none starts at the same time, and has to try again until that one answers',
    },
    waiting(Health.none('it listens late')),
    waiting(Health.tcp()),
  ),
];
