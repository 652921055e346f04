/** A component, as issues name it. */
export function componentPath(application: string, component: string): string {
  return `${application}/${component}`;
}

/** An application in one environment, as issues name it. */
export function environmentPath(application: string, environmentName: string): string {
  return `${application} (${environmentName})`;
}
