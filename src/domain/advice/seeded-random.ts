/** 2^32 divided by the golden ratio, odd: steps through all 32-bit states before any repeats. */
export const GOLDEN = 0x9e37_79b9;

/** FNV-1a over the code units of a text, going on from `hash`. */
function hashText(text: string, hash: number): number {
  let h = hash;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x0100_0193);
  return h;
}

/** Mixes 32 bits so that each of them hangs on all. The mixer of MurmurHash3 (Austin Appleby, public domain). */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85eb_ca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2_ae35);
  return x ^ (x >>> 16);
}

/** The seed of one user under one version of the rules, the same on every day. */
export function personSeed(userId: number, ruleVersion: string): number {
  return mix(hashText(ruleVersion, mix(userId ^ GOLDEN)));
}
