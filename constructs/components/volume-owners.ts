import { isObject } from '../model/data';
import type { Problem } from '../shape/kind';
import type { VolumeProps } from '../values/storage';
import type { Application } from './application';
import type { Component } from './component';

/** The component that uses an object of props for its volumes, by application. Environments may use the same object. */
const owners = new WeakMap<Application, Map<object, Component>>();

/** The issue of a component that has the same volumes as another one. */
export function sharedProps(component: Component, volumes: VolumeProps['volumes']): Problem | undefined {
  const other = otherOwner(component, volumes);
  if (!other) return undefined;
  const write = 'an object for each, or a SharedVolume that both mount';
  const got = `the same object as ${other.name}`;
  const sentence = `volumes is ${got}, but each component gets volumes of its own: write ${write}`;
  return { field: 'volumes', got, write, sentence };
}

/**
 * Another component whose volumes are the same object, or have an object in common; undefined if there is none. Each
 * component gets volumes of its own, but whoever gives one object to two components means one volume.
 */
function otherOwner(component: Component, volumes: VolumeProps['volumes']): Component | undefined {
  if (!isObject(volumes)) return undefined;
  const known = owners.get(component.application) ?? new Map<object, Component>();
  owners.set(component.application, known);
  const objects = [volumes, ...Object.values(volumes)].filter(isObject);
  const other = objects.map((one) => known.get(one)).find((owner) => owner && owner !== component);
  for (const one of objects) if (!known.has(one)) known.set(one, component);
  return other;
}
