// The little of the wasm binary format that the release build needs (WebAssembly Core Specification, section 5.5).

/** The names that the module exports. */
export const exportsOf = (wasm) => WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name);

/** The names that the module imports. */
export const importsOf = (wasm) => WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ name }) => name);

/** Gives the imported functions short names, in the module and in the script that provides them. */
export function renameImports(wasm, script) {
  const names = new Map();
  const short = (long) => {
    if (!names.has(long)) names.set(long, `_${names.size.toString(36)}`);
    return names.get(long);
  };
  const sections = sectionsOf(wasm).map(({ id, body }) => [id, id === 2 ? imports(body, short) : body]);
  const parts = sections.map(([id, body]) => Buffer.concat([Buffer.from([id]), leb(body.length), body]));
  const renamed = script.replace(/\b__w\w+\b/g, (word) => names.get(word) ?? word);
  return { wasm: Buffer.concat([wasm.subarray(0, 8), ...parts]), script: renamed };
}

function sectionsOf(wasm) {
  const reader = new Reader(wasm, 8);
  const sections = [];
  while (!reader.atEnd()) sections.push({ id: reader.byte(), body: reader.bytes(reader.number()) });
  return sections;
}

/** The import section with other names: module, name, and a description that is passed on as it is. */
function imports(body, short) {
  const reader = new Reader(body, 0);
  const count = reader.number();
  const entries = [leb(count)];
  for (let index = 0; index < count; index += 1) {
    const module = reader.bytes(reader.number());
    const name = reader.bytes(reader.number());
    const start = reader.position;
    const kind = reader.byte();
    if (kind !== 0) throw new Error("an import that is no function");
    reader.number();
    entries.push(text(module), text(Buffer.from(short(name.toString()))), body.subarray(start, reader.position));
  }
  return Buffer.concat(entries);
}

const text = (bytes) => Buffer.concat([leb(bytes.length), bytes]);

function leb(number) {
  const bytes = [];
  do {
    bytes.push((number & 127) | (number > 127 ? 128 : 0));
    number >>>= 7;
  } while (number > 0);
  return Buffer.from(bytes);
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
