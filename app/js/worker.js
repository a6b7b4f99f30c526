// The worker: the first message is the compiled module, all later ones go to Rust. Those that come
// while the module is being made ready wait in a list.
import init, { work } from "GLUE";

const early = [];
onmessage = async ({ data: module }) => {
  onmessage = (event) => early.push(event);
  await init({ module_or_path: module });
  work();
  for (const event of early) onmessage(event);
};
