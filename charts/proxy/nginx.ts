import { asMeant, forwarding, securing, type ProxyTable } from '../../constructs/target/proxy';

/** What the nginx of an application does in a cluster. */
export const nginxProxy: ProxyTable = {
  ...asMeant,
  sticky: [
    {
      support: 'emulated',
      of: forwarding('sticky', ({ kind }) => kind === 'cookie'),
      note: 'replicas that visitors stay at are those of a StatefulSet, which nginx asks Service kube-dns of kube-system for, in a cluster of the domain cluster.local: a release replaces one after the other, and waits for each as long as it takes, whatever the deadline',
    },
    {
      support: 'refused',
      of: (workload, model) =>
        workload.routes.flatMap(({ path, answer }) => {
          if (answer.kind === 'redirect' || answer.sticky.kind === 'none') return [];
          const names = answer.targets.map((target) => target.workload);
          const scaled = model.workloads.filter(
            ({ name, autoscaling }) => names.includes(name) && autoscaling.kind !== 'none',
          );
          return scaled.map(({ name }) => ({ field: `routes ${path} sticky`, got: name }));
        }),
      reason: 'nginx knows no replicas that come and go',
      fix: "autoscale: 'off' for the component",
    },
  ],
  tls: [
    {
      support: 'refused',
      of: securing((tls) => tls.kind === 'https' && tls.certificate.kind === 'issuer'),
      reason: 'cert-manager serves an Ingress or a Gateway',
      fix: 'proxy: ingress(…), or tls: { certificate: tlsSecret(…) } with the Secret of a Certificate',
    },
    {
      support: 'emulated',
      of: securing((tls) => tls.kind === 'https' && tls.certificate.kind === 'tls-secret'),
      note: 'nginx reads its certificate when it starts: restart it after a renewal',
    },
  ],
};
