/** Pages as the store has them, and how many of them are held in memory. */
import { INNER, LINK, MapNode, unpackPage } from './node.js';

/** Pages held at most, about; one is some 2 kB of memory. */
const PAGES_MAX = 24_000;

/** Follows links, and lets go of what was not walked through for a while. */
export class Pages {
  private held = 0;
  private round = 1;

  constructor(
    private readonly read: (page: number) => Uint8Array | undefined,
    private readonly pagesMax = PAGES_MAX,
  ) {}

  /** The top of the page that a link names. @throws RangeError when the store is damaged. */
  load(link: MapNode): MapNode {
    const bytes = this.read(link.page);
    if (bytes === undefined) throw new RangeError(`page ${link.page} of the state tree is missing`);
    const top = unpackPage(bytes, link.page);
    if (top.bit !== link.bit || top.count !== link.count)
      throw new RangeError(`page ${link.page} of the state tree is damaged: it is not what its link says`);
    top.used = this.round;
    this.held += 1;
    return top;
  }

  /** One side of an inner node, its page read if need be. */
  child(node: MapNode, right: boolean): MapNode {
    const child = (right ? node.right : node.left) as MapNode;
    if (child.kind !== LINK) {
      if (child.page > 0) child.used = this.round;
      return child;
    }
    const loaded = this.load(child);
    if (right) node.right = loaded;
    else node.left = loaded;
    return loaded;
  }

  /** A page came into memory by being made. */
  made(top: MapNode): void {
    top.used = this.round;
    this.held += 1;
  }

  /**
   * Where too much is held: puts links back for pages that no walk went through since the last time. All nodes below `top` must
   * be in the store.
   */
  letGo(top: MapNode | undefined): void {
    if (this.held < this.pagesMax) return;
    this.held = 0;
    const walk = (node: MapNode): void => {
      if (node.kind !== INNER) return;
      node.left = this.kept(node.left as MapNode);
      node.right = this.kept(node.right as MapNode);
      walk(node.left);
      walk(node.right);
    };
    if (top !== undefined) walk(top);
    this.round += 1;
    // Everything is in use: a larger share next time, rather than searching in vain after every block.
    if (this.held >= this.pagesMax) this.held = Math.floor(this.pagesMax / 2);
  }

  private kept(node: MapNode): MapNode {
    if (node.kind !== INNER || node.page === 0) return node;
    if (node.used === this.round) {
      this.held += 1;
      return node;
    }
    const link = new MapNode(LINK, node.bit, node.count, node.hash, 0);
    link.page = node.page;
    return link;
  }
}
