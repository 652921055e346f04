/** The path of a component in issues, such as `shop/api`. */
export function componentPath(application: string, component: string): string {
  return `${application}/${component}`;
}

/** The path of an application in one environment in issues, such as `shop (dev)`. */
export function environmentPath(application: string, environmentName: string): string {
  return `${application} (${environmentName})`;
}
