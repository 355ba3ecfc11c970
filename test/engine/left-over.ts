import { docker, dockerCan, dockerLines } from './docker';
import { BASE, PREFIX } from './names';

/** Each kind of what the tests make: how its names are listed and how one is removed, in an order in which nothing is in use. */
const KINDS: readonly { readonly list: readonly string[]; readonly remove: readonly string[] }[] = [
  { list: ['ps', '-a', '--format', '{{.Names}}'], remove: ['rm', '-f', '-v'] },
  { list: ['network', 'ls', '--format', '{{.Name}}'], remove: ['network', 'rm'] },
  { list: ['volume', 'ls', '-q'], remove: ['volume', 'rm'] },
  { list: ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'], remove: ['image', 'rm'] },
];

/**
 * Removes from the engine whatever the tests have made and left, as those do that fail half-way, but for the base image, which the set-up
 * of the engine makes and unmakes. Returns the names of what could not be removed.
 */
export function removeLeftOver(): string[] {
  const left = KINDS.flatMap(({ list, remove }) =>
    dockerLines(...list)
      .filter((name) => name.startsWith(PREFIX) && name !== BASE)
      .filter((name) => !dockerCan(...remove, name)),
  );
  removeUnnamedImages();
  return left;
}

/** The classic builder keeps the stages of a build as images without a name: ours are those that begin with the layers of our base. */
function removeUnnamedImages(): void {
  if (!dockerCan('image', 'inspect', BASE)) return;
  const base = layersOf(BASE);
  const unnamed = dockerLines('image', 'ls', '-q', '--no-trunc', '--filter', 'dangling=true');
  for (const id of unnamed)
    if (base.every((layer, at) => layersOf(id)[at] === layer)) dockerCan('image', 'rm', id);
}

/** An image that begins with nothing has none. */
function layersOf(image: string): string[] {
  const layers = docker('image', 'inspect', '--format', '{{json .RootFS.Layers}}', image);
  return (JSON.parse(layers) as string[] | null) ?? [];
}
