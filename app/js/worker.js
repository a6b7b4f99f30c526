// The worker: the first message is the compiled module and those of its parts that the page has; a
// part that comes later is a message of its own. All others go to Rust. Those that come while the
// module is being made ready wait in a list.
import init, { work } from "GLUE";

let main;
const take = (part) => new WebAssembly.Instance(part, { m: main });
const isPart = ({ data }) => data instanceof WebAssembly.Module;

const early = [];
onmessage = async ({ data: [module, ...parts] }) => {
  onmessage = (event) => early.push(event);
  try {
    main = await init({ module_or_path: module });
    parts.forEach(take);
    // Rust's own ear does not understand it and lets it pass.
    addEventListener("message", (event) => isPart(event) && take(event.data));
    work();
  } catch (fault) {
    // Out of the promise, so that the page hears of it.
    setTimeout(() => {
      throw fault;
    });
    return;
  }
  for (const event of early) isPart(event) ? take(event.data) : onmessage(event);
};
