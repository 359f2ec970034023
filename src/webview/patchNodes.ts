/**
 * Makes `target`'s children equal to `source`'s, changing only what differs, so that a text that grows doesn't
 * flicker, and a selection in it stays. `source` is used up.
 */
export function patchNodes(target: Node, source: Node): void {
  let old = target.firstChild;
  for (const fresh of [...source.childNodes]) {
    if (old === null) {
      target.appendChild(fresh);
      continue;
    }
    const next: ChildNode | null = old.nextSibling;
    if (!old.isEqualNode(fresh)) patchNode(old, fresh);
    old = next;
  }
  while (old !== null) {
    const next: ChildNode | null = old.nextSibling;
    old.remove();
    old = next;
  }
}

function patchNode(old: ChildNode, fresh: ChildNode): void {
  if (old instanceof Text && fresh instanceof Text) {
    // Appending keeps what is selected.
    if (fresh.data.startsWith(old.data)) old.appendData(fresh.data.slice(old.length));
    else old.data = fresh.data;
  } else if (old instanceof Element && fresh instanceof Element && old.tagName === fresh.tagName) {
    patchAttributes(old, fresh);
    patchNodes(old, fresh);
  } else {
    old.replaceWith(fresh);
  }
}

function patchAttributes(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}
