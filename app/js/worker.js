// The worker: the first message is the compiled module, all later ones go to Rust. Those that come
// while the module is being made ready wait in a list.
import init, { work } from "GLUE";

const early = [];
onmessage = async ({ data: module }) => {
  onmessage = (event) => early.push(event);
  try {
    await init({ module_or_path: module });
    work();
  } catch (fault) {
    // Out of the promise, so that the page hears of it.
    setTimeout(() => {
      throw fault;
    });
    return;
  }
  for (const event of early) onmessage(event);
};
