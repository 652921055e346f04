import {
  argoCd,
  Cpu,
  docker,
  envFile,
  existingSecret,
  Json,
  kubernetes,
  loadBalancer,
  nodePort,
  Secret,
  Size,
} from 'catamaran';

export const environments = {
  dev: docker({ secrets: envFile(), accept: ['autoscaling'] }),
  staging: kubernetes({
    namespace: 'eq-backend-staging',
    registry: 'registry.example.com/eq-backend',
    secrets: envFile(),
    data: 'delete',
    components: {
      proxy: {
        replicas: 2,
        expose: nodePort(30080),
        exceptions: { 'no-node-port': 'the load balancer of staging is not part of its cluster' },
      },
    },
  }),
  production: kubernetes({
    namespace: 'eq-backend',
    registry: 'registry.example.com/eq-backend',
    secrets: existingSecret('eq-backend'),
    gitops: argoCd({ repository: 'https://git.example.com/eq/gitops.git' }),
    components: {
      backend: {
        replicas: 3,
        autoscale: { max: 12 },
        cpu: Cpu.millicores(500),
        memory: Size.mebibytes(512),
        env: {
          LOG_LEVEL: 'warning',
          CORS_ORIGINS: Json.of(['https://eq.example.com', 'https://admin.eq.example.com']),
        },
      },
      proxy: { replicas: 2, expose: loadBalancer(80) },
      database: {
        managed: {
          host: 'eq.postgres.example.com',
          addresses: ['10.20.0.0/24'],
          url: Secret.named('DATABASE_URL'),
        },
      },
      cache: {
        managed: {
          host: 'eq.redis.example.com',
          addresses: ['10.20.1.0/24'],
          url: Secret.named('REDIS_URL'),
        },
      },
    },
  }),
};
