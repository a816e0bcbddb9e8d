// Loads the app. Where that fails, or the app breaks later on, the message that the page holds ready takes its place.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;

function fail() {
  document.getElementById("app").hidden = true;
  document.getElementById("failure").hidden = false;
}

addEventListener("error", (event) => {
  if (event.error instanceof WebAssembly.RuntimeError) fail();
});

try {
  const { default: start } = await import(js);
  await start({ module_or_path: wasm });
} catch {
  fail();
}
