export type { Kind, Rendered } from './manifest';
export { kubernetesObject, type ObjectOverrideOptions } from './override';
