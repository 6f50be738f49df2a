import { splitName } from '#contracts/name-order.js';

/** A full name with the given name (tên) stressed: class lists are ordered by it. */
export function PupilName({ name }: { readonly name: string }) {
  const { given, before } = splitName(name);
  return (
    <span className="pupil-name">
      {before.join(' ')} <span className="given-name">{given}</span>
    </span>
  );
}
