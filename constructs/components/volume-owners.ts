import { isObject } from '../model/data';
import type { VolumeProps } from '../values/storage';
import type { Application } from './application';
import type { Component } from './component';

/** The component that uses an object of props for its volumes, by application. Environments may use the same object. */
const owners = new WeakMap<Application, Map<object, Component>>();

/**
 * Another component whose volumes are the same object, or have an object in common; undefined if there is none. Each
 * component gets volumes of its own, but whoever gives one object to two components means one volume.
 */
export function otherOwner(component: Component, volumes: VolumeProps['volumes']): Component | undefined {
  if (!isObject(volumes)) return undefined;
  const known = owners.get(component.application) ?? new Map<object, Component>();
  owners.set(component.application, known);
  const objects = [volumes, ...Object.values(volumes)].filter(isObject);
  const other = objects.map((one) => known.get(one)).find((owner) => owner && owner !== component);
  for (const one of objects) if (!known.has(one)) known.set(one, component);
  return other;
}
