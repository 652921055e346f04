import { allSupported, forwardsWith, proxiesWith, type ProxyTable } from '../../constructs/target/proxy';

/** How the nginx of an application supports the features of a proxy in a cluster. */
export const nginxProxy: ProxyTable = {
  ...allSupported,
  sticky: [
    {
      support: 'emulated',
      where: forwardsWith('sticky', ({ kind }) => kind === 'cookie'),
      note:
        'The replicas that visitors stay at run as a StatefulSet. A release replaces the replicas one after the other, ' +
        'and waits for each as long as it takes: the deadline does not apply',
    },
    {
      support: 'refused',
      where: (workload, model) =>
        workload.routes.flatMap(({ path, answer }) => {
          if (answer.kind === 'redirect' || answer.sticky.kind === 'none') return [];
          const names = answer.targets.map((target) => target.workload);
          const scaled = model.workloads.filter(
            ({ name, autoscaling }) => names.includes(name) && autoscaling.kind !== 'none',
          );
          return scaled.map(({ name }) => ({ field: `routes ${path} sticky to ${name}`, got: undefined }));
        }),
      reason: 'nginx needs a fixed list of replicas, and an autoscaler changes their number',
      fix: "autoscale: 'off' for the component",
    },
  ],
  tls: [
    {
      support: 'refused',
      where: proxiesWith((tls) => tls.kind === 'https' && tls.certificate.kind === 'issuer'),
      reason: 'cert-manager gets certificates for an Ingress or a Gateway, not for this nginx',
      fix: 'proxy: ingress(…), or tls: { certificate: tlsSecret(…) } with the Secret of a cert-manager Certificate',
    },
    {
      support: 'emulated',
      where: proxiesWith((tls) => tls.kind === 'https' && tls.certificate.kind === 'tls-secret'),
      note: 'nginx reads its certificate only when it starts. Restart it after each renewal',
    },
  ],
};
