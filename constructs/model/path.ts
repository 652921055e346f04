/** The path of a component in issues, such as `shop/api`. */
export function componentPath(application: string, component: string): string {
  return `${application}/${component}`;
}

/**
 * The name of an application in an environment, where it is deployed: of the compose project, the Pulumi stack, and the
 * objects of Argo CD and Flux.
 */
export function deployedName(application: string, environmentName: string): string {
  return `${application}-${environmentName}`;
}

/** The path of an application in one environment in issues, such as `shop (dev)`. */
export function environmentPath(application: string, environmentName: string): string {
  return `${application} (${environmentName})`;
}
