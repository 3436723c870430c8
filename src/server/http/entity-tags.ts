import { createHash } from 'node:crypto';

/** The tag of a content in whatever encoding it is sent: a weak one, since its bytes differ by that (RFC 9110, 8.8.1). */
export function entityTag(content: Buffer): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
}

/** Whether a client holds what a tag stands for, by its `if-none-match` header: a list, where a proxy may have made a tag weak, or `*` (RFC 9110, 13.1.2). */
export function isHeld(header: string | undefined, tag: string): boolean {
  return header !== undefined && header.split(',').some((each) => each.trim() === '*' || unmarked(each) === unmarked(tag));
}

/** A tag without the mark of a weak one. */
function unmarked(tag: string): string {
  return tag.trim().replace(/^W\//u, '');
}
