import { Backend, docker } from 'catamaran';
import { issuesOfApp, onDocker, type Build, withProps } from '../../../support/application';

test('all mistakes are reported together', () => {
  const build: Build = (app) => {
    withProps({ port: 0, image: 'api' })(app);
    withProps({ env: { '1A': '' }, replicas: 0 }, 'web')(app);
  };
  expect(issuesOfApp(build, { ...onDocker, components: { nobody: {} } })).toEqual([
    'shop/api: image is "api", which stands for api:latest, whatever that is on the day: write api:<tag>, or the digest ' +
      "that docker image inspect --format '{{index .RepoDigests 0}}' api prints",
    'shop/api: port is 0: write a whole number from 1 to 65535',
    'shop/web: replicas is 0: write a whole number from 1 to 1000',
    'shop/web: env has the variable "1A": write a name that does not start with a digit, such as A',
    'shop (dev): components has "nobody", which is not a component: write one of api, web',
  ]);
});

test('mistakes and what the target refuses are reported together', () => {
  const props = { replicas: 0, autoscale: { max: 3 }, image: 'api:1.0', port: 8000 };
  const place = docker({ images: 'pinned' });
  expect(issuesOfApp((app) => new Backend(app, 'api', props), place)).toEqual([
    'shop/api: replicas is 0: write a whole number from 1 to 1000',
    'shop/api: Docker refuses autoscaling: an engine does not change the number of containers by itself, so only the ' +
      "smallest number of replicas runs. Write autoscale: 'off' in the environment's components; or accept " +
      "this with accept: ['autoscaling'] in environment dev",
    'shop/api: image is "api:1.0", but environment dev allows only pinned images: write its digest into ' +
      'images.lock.json with npx catamaran images --pin',
  ]);
});
