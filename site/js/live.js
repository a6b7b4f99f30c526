// Keeps a page of live trading up to date: listens to the event stream, and when something happens
// reads the page again and puts each part with data-part into its place. Without this script the
// page is whole; it then shows what was true when it was made. A page that nobody sees holds no
// line: over HTTP/1.1 a browser has six of them for all pages of a server together.

const mark = document.getElementById("live-mark");
// Between two readings: heartbeats come often.
const REST = 1000;
// An executor that falls silent tells nobody: the page is read again even so.
const QUIET = 30000;
// EventSource connects again by itself, but not after an answer that is no stream.
const LONGEST = 60000;
// A reading that takes longer than this is none.
const PATIENCE = 20000;

let wait = 2000;
let reading = false;
let again = false;
let last = 0;
let timer;
let events;
let listening;
// Nobody knows while the line is being opened, and after a rest what is on the page is old.
let isOpen;
let isRead = true;

// Up to date is what hears of changes and could read them; neither is said before it is known.
function say() {
  const isLost = isOpen === false || isRead === false;
  if (mark) mark.dataset.state = isLost ? "lost" : isOpen && isRead ? "on" : "off";
}

function soon() {
  if (document.hidden) return;
  if (reading || timer !== undefined) {
    again = true;
    return;
  }
  timer = setTimeout(read, Math.max(0, last + REST - Date.now()));
}

async function read() {
  timer = undefined;
  reading = true;
  again = false;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(location.href, { cache: "no-store", signal });
    // Signed out elsewhere: the server sends on to where one signs in.
    if (answer.redirected) return location.reload();
    if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    isRead = answer.ok;
  } catch {
    // Out of reach, or too slow: read again when the stream is back, or after a while.
    isRead = false;
  }
  reading = false;
  last = Date.now();
  if (document.hidden) return;
  say();
  if (again) soon();
}

function put(fresh) {
  for (const part of document.querySelectorAll("[data-part]")) {
    const next = fresh.getElementById(part.id);
    if (!next || next.isEqualNode(part)) continue;
    const focus = part.contains(document.activeElement) ? document.activeElement : null;
    part.replaceWith(document.adoptNode(next));
    if (focus) find(next, focus)?.focus({ preventScroll: true });
  }
}

// What has the focus is a link or a place that scrolls: known by where it leads, or what it is.
function find(part, focus) {
  const href = focus.getAttribute("href");
  if (href) return [...part.querySelectorAll("a")].find((one) => one.getAttribute("href") === href);
  return part.querySelector(".table-place");
}

function listen() {
  listening = undefined;
  const stream = new EventSource("/api/v1/events");
  events = stream;
  stream.addEventListener("open", () => {
    wait = 2000;
    isOpen = true;
    say();
    // What happened before the line was open was not heard.
    soon();
  });
  for (const kind of ["command_changed", "reported", "executor_seen", "resync"]) {
    stream.addEventListener(kind, soon);
  }
  stream.addEventListener("error", () => {
    isOpen = false;
    say();
    if (stream.readyState !== EventSource.CLOSED) return;
    listening = setTimeout(listen, wait);
    wait = Math.min(wait * 2, LONGEST);
  });
}

// Nobody looks: no line, no reading, and nothing is said of either.
function rest() {
  clearTimeout(listening);
  clearTimeout(timer);
  events?.close();
  events = listening = timer = undefined;
  again = false;
  isOpen = isRead = undefined;
  say();
}

function wake() {
  rest();
  wait = 2000;
  listen();
  // Also where no line can be had.
  soon();
}

addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("pagehide", rest);
setInterval(soon, QUIET);
document.addEventListener("visibilitychange", () => (document.hidden ? rest() : wake()));
// A page that is opened behind another one waits until it is seen.
if (!document.hidden) listen();
