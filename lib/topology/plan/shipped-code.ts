import type { AppBase } from '../app';

/** The local directory that is shipped as a copy: none where the code is in the image, or is mounted where it is developed. */
export function shippedCode({
  codeDirectory,
  development,
}: Pick<AppBase, 'codeDirectory' | 'development'>): string | undefined {
  return development ? undefined : codeDirectory;
}
