import fc from 'fast-check';
import { draft, type Draft } from './components';
import type { ComponentDescription, Description } from './description';
import { linked } from './links';
import { placed, placeDraft, type PlaceDraft } from './places';
import { proxyDraft, proxyOf, type Carrier, type ProxyDraft } from './routes';
import { anyText, label, shortLabel } from './values';

/** Everything that can carry out the routes of an application. */
export const carriers: readonly Carrier[] = [
  'docker',
  'nginx',
  'ingress',
  'ingress-nginx',
  'own-gateway',
  'gateway',
];

/** Any application that nothing is wrong with, in any environment of one kind. */
export function validOn(carrier: Carrier): fc.Arbitrary<Description> {
  const cluster = carrier !== 'docker';
  return fc
    .record({
      name: shortLabel,
      environment: fc.constantFrom('dev', 'p', 'constructor'),
      version: fc.constantFrom('0.0.0', '1.2.3-rc.1', 'a_b'),
      owner: fc.record({ team: fc.constantFrom('raft', 'A.b_c'), email: anyText }, { requiredKeys: [] }),
      choice: fc.option(fc.constantFrom('a', 'b', 'constructor'), { nil: undefined }),
      names: fc.uniqueArray(label, { minLength: 8, maxLength: 8 }),
      drafts: fc.array(
        draft({ autoscale: cluster, replicasPublished: cluster, readyAtOnce: cluster, shellLess: cluster }),
        {
          minLength: 1,
          maxLength: 6,
        },
      ),
      proxy: fc.option(proxyDraft, { nil: undefined, freq: 3 }),
      place: placeDraft(carrier),
    })
    .map((drafts) => described(drafts));
}

/** Any application that nothing is wrong with, in any environment. */
export const valid: fc.Arbitrary<Description> = fc.oneof(...carriers.map(validOn));

interface ApplicationDraft extends Pick<Description, 'name' | 'environment' | 'version' | 'owner'> {
  readonly choice: string | undefined;
  readonly names: readonly string[];
  readonly drafts: readonly Draft[];
  readonly proxy: ProxyDraft | undefined;
  readonly place: PlaceDraft;
}

function described({ choice, names, drafts, proxy, place, ...own }: ApplicationDraft): Description {
  const components = linked(drafts, names);
  const front = proxy ? proxyOf(names[7] ?? 'proxy', proxy, components, place.carrier) : [];
  const all = [...components, ...front].map(published);
  return {
    ...own,
    open: choice === undefined ? {} : { store: ['a', 'b', 'constructor'] },
    components: all,
    place: placed(place, all, choice === undefined ? {} : { store: choice }),
  };
}

// Each at a port of its own.
function published(component: ComponentDescription, index: number): ComponentDescription {
  if (component.kind !== 'backend' && component.kind !== 'static-frontend' && component.kind !== 'proxy')
    return component;
  if (component.props.publish === undefined) return component;
  const publish = 20_000 + index;
  if (component.kind !== 'proxy' || component.props.tls === undefined)
    return { ...component, props: { ...component.props, publish } } as ComponentDescription;
  const { certificate, redirectFrom } = component.props.tls;
  const tls = { certificate, ...(redirectFrom !== undefined && { redirectFrom: 20_100 + index }) };
  return { ...component, props: { ...component.props, publish, tls } };
}
