// The little of the wasm binary format that `make size` needs (WebAssembly Core Specification, section 5.5).

function sectionsOf(wasm) {
  const reader = new Reader(wasm, 8);
  const sections = [];
  while (!reader.atEnd()) sections.push({ id: reader.byte(), body: reader.bytes(reader.number()) });
  return sections;
}

class Reader {
  constructor(bytes, position) {
    this.all = bytes;
    this.position = position;
  }

  atEnd() {
    return this.position >= this.all.length;
  }

  byte() {
    return this.all[this.position++];
  }

  bytes(length) {
    this.position += length;
    return this.all.subarray(this.position - length, this.position);
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  }
}

/** Every function of a module that still has its names, with the bytes of its body, the largest first. */
export function functionsOf(wasm) {
  const sections = sectionsOf(wasm);
  const body = (id) => sections.find((section) => section.id === id).body;
  const imported = WebAssembly.Module.imports(new WebAssembly.Module(wasm)).length;
  const names = namesOf(sections);
  const code = new Reader(body(10), 0);
  const functions = Array.from({ length: code.number() }, (_, index) => {
    const bytes = code.number();
    code.bytes(bytes);
    return { name: names.get(imported + index) ?? `function ${imported + index}`, bytes };
  });
  return functions.sort((one, other) => other.bytes - one.bytes);
}

/** The names of functions by their index (subsection 1 of the custom section "name"). */
function namesOf(sections) {
  const names = new Map();
  for (const { id, body } of sections) {
    const reader = new Reader(body, 0);
    if (id !== 0 || reader.bytes(reader.number()).toString() !== "name") continue;
    while (!reader.atEnd()) {
      const kind = reader.byte();
      const part = new Reader(reader.bytes(reader.number()), 0);
      if (kind !== 1) continue;
      for (let left = part.number(); left > 0; left -= 1) names.set(part.number(), part.bytes(part.number()).toString());
    }
  }
  return names;
}
