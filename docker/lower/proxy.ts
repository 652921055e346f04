import { allSupported, proxiesWith, type ProxyTable } from '../../constructs/target/proxy';

/** How the nginx of an application supports the features of a proxy on Docker. */
export const dockerProxy: ProxyTable = {
  ...allSupported,
  tls: [
    {
      support: 'refused',
      where: proxiesWith((tls) => tls.kind === 'https' && tls.certificate.kind !== 'secrets'),
      reason: 'an engine has neither Kubernetes Secrets nor cert-manager',
      fix: 'tls: { certificate: certificateFiles(…) }',
    },
  ],
};
