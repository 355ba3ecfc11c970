/**
 * The first lines of the image that a Dockerfile of ours ends with. The label stands before anything that makes a layer, so that no
 * two images share one that the builder keeps between them: an engine that removes two such images at once may fail with
 * `unrecognized image ID` (3 of 40 tries on 20.10).
 */
export function dockerfileStart(base: string, construct: string): string[] {
  return [`FROM ${base}`, `LABEL cdktf-wsgi.construct=${quoted(construct)}`];
}

/** The Dockerfile of an image that holds a directory's files below `/files`, and nothing else. */
export function filesDockerfile(construct: string): string {
  return [...dockerfileStart('scratch', construct), 'COPY files/ /files/', ''].join('\n');
}

/** A value in a Dockerfile, where `$` would name a variable. */
function quoted(value: string): string {
  return `"${value.replace(/["\\$]/g, (letter) => `\\${letter}`)}"`;
}
