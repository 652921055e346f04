export type { Container } from './container';
export type { EngineOptions } from './engine-options';
export { dockerContainer, type ContainerOverrideOptions } from './override';
