import { Application, Backend, Image, type Environment } from 'catamaran';
import { built, publishes } from '../carriers';
import type { CorpusEntry } from '../entry';
import { dev, staging } from '../places';

class SparkJava extends Application {
  constructor(environment: Environment) {
    super('spark', environment, { folder: __dirname });
    new Backend(this, 'sparkjava', { image: Image.build('sparkjava'), port: 8080, publish: 8080 });
  }
}

export const sparkjava: CorpusEntry = {
  application: SparkJava,
  onDocker: dev(),
  onKubernetes: staging(),
  table: {
    'sparkjava.build': built('sparkjava', 'context', 'sparkjava'),
    'sparkjava.ports[0]': publishes('sparkjava', 8080, 8080),
  },
};
