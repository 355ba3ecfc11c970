/**
 * The function, made to compute its result once for each object it is given. Models never change, a changed topology is another
 * object, and checks, resources and review all ask for the same texts.
 */
export function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const present = made.get(key);
    if (present !== undefined) return present.value;
    const value = make(key);
    made.set(key, { value });
    return value;
  };
}
