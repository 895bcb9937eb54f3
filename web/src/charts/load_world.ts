// The shapes of the world, a file of their own that only the views with a map load.
import type { World } from './world';

let loaded: Promise<World> | null = null;

export function loadWorld(): Promise<World> {
  loaded ??= import('world-atlas/countries-50m.json').then((module) => module.default as unknown as World);
  // A failed load (a server that was away) is tried again the next time.
  loaded.catch(() => (loaded = null));
  return loaded;
}
