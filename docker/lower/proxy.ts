import { asMeant, securing, type ProxyTable } from '../../constructs/target/proxy';

/** What the nginx of an application does on a Docker engine. */
export const dockerProxy: ProxyTable = {
  ...asMeant,
  tls: [
    {
      support: 'refused',
      of: securing((tls) => tls.kind === 'https' && tls.certificate.kind !== 'secrets'),
      reason: 'an engine has neither Kubernetes Secrets nor cert-manager',
      fix: 'tls: { certificate: certificateFiles(…) }',
    },
  ],
};
